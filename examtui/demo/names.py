"""The names of the fictional people: of every kind that French schools know, about as often as there.

Each culture has a share of the population, its surnames and its first names, both from the most frequent to the rarest.
Surnames are in capitals as school bases write them. Nobody in particular is meant.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Culture:
    """Surnames with first names that go with them; ``share`` is out of a thousand, ``own`` the part of first names
    that come from the culture itself rather than from the French ones.
    """

    share: int
    own: float
    surnames: tuple[str, ...]
    girls: tuple[str, ...]
    boys: tuple[str, ...]


def _list(text: str) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in text.split(",") if name.strip())


FRENCH = Culture(
    share=560,
    own=1.0,
    surnames=_list(
        """MARTIN, BERNARD, THOMAS, PETIT, ROBERT, RICHARD, DURAND, DUBOIS, MOREAU, LAURENT, SIMON, MICHEL, LEFÈVRE,
        LEROY, ROUX, DAVID, BERTRAND, MOREL, FOURNIER, GIRARD, BONNET, DUPONT, LAMBERT, FONTAINE, ROUSSEAU,
        VINCENT, MÜLLER, LEFEBVRE, FAURE, ANDRÉ, MERCIER, BLANC, GUÉRIN, BOYER, GARNIER, CHEVALIER, FRANÇOIS,
        LEGRAND, GAUTHIER, PERRIN, ROBIN, CLÉMENT, MORIN, NICOLAS, HENRY, ROUSSEL, MATHIEU, GAUTIER, MASSON,
        MARCHAND, DUVAL, DENIS, DUMONT, MARIE, LEMAIRE, NOËL, MEYER, DUFOUR, MEUNIER, BRUN, BLANCHARD, GIRAUD,
        JOLY, RIVIÈRE, LUCAS, BRUNET, GAILLARD, BARBIER, ARNAUD, MARTINEZ, GÉRARD, ROCHE, RENARD, SCHMITT, ROY,
        LEROUX, COLIN, VIDAL, CARON, PICARD, ROGER, FABRE, AUBERT, LEMOINE, RENAUD, DUMAS, LACROIX, OLIVIER,
        PHILIPPE, BOURGEOIS, PIERRE, BENOÎT, REY, LECLERC, PAYET, ROLLAND, LECLERCQ, GUILLAUME, LECOMTE, LOPEZ,
        JEAN, DUPUY, GUILLOT, HUBERT, BERGER, CARPENTIER, SANCHEZ, DUPUIS, MOULIN, LOUIS, DESCHAMPS, HUET,
        VASSEUR, PEREZ, BOUCHER, FLEURY, ROYER, KLEIN, JACQUET, ADAM, PARIS, POIRIER, MARTY, AUBRY, GUYOT, CARRÉ,
        CHARLES, RENAULT, CHARPENTIER, MÉNARD, MAILLARD, BARON, BERTIN, BAILLY, HERVÉ, SCHNEIDER, FERNANDEZ,
        COLLET, LÉGER, BOUVIER, JULIEN, PRÉVOST, MILLET, PERROT, DANIEL, COUSIN, GERMAIN, BRETON, BESSON,
        LANGLOIS, RÉMY, PELLETIER, LÉVÊQUE, PERRIER, LEBLANC, BARRÉ, LEBRUN, MARCHAL, WEBER, MALLET, HAMON,
        BOULANGER, JACOB, MONNIER, MICHAUD, RODRIGUEZ, GUICHARD, GILLET, ÉTIENNE, GRONDIN, POULAIN, TESSIER,
        CHEVALLIER, COLLIN, CHAUVIN, BOUCHET, GAY, LEMAÎTRE, BÉNARD, MARÉCHAL, HUMBERT, REYNAUD, ANTOINE, HOARAU,
        PERRET, BARTHÉLEMY, CORDIER, PICHON, LEJEUNE, GILBERT, LAMY, DELAUNAY, PASQUIER, CARLIER, LAPORTE,
        COMBES, CROS, BOUSQUET, PUJOL, SOULIÉ, CASTAGNÉ, ROUQUETTE, DELMAS, CABROL, VIGUIER, AZÉMA, ESTÈVE,
        FERRIÈRES, ROSE BONBON, VERT POMME, VERT SAPIN, ANTHRACITE, ARGENT, CARMIN, FUSCHIA, IVOIRE, LAVANDE,
        BEAU, PETITJEAN, GRANDJEAN, BELLE-ISLE, SAINT-AMANS, SAINTE-MARIE, SANS-SOUCI, MONTFORT-L'AMAURY,
        ÇABALLÉ, ŒUVRARD, LHÔPITAL"""
    ),
    girls=_list(
        """Emma, Jade, Louise, Alice, Chloé, Lina, Léa, Manon, Camille, Inès, Sarah, Zoé, Lucie, Léna, Éva, Anaïs,
        Clara, Juliette, Maëlys, Ambre, Lola, Julia, Louna, Romane, Agathe, Océane, Mathilde, Noémie, Élise,
        Margaux, Pauline, Marie, Charlotte, Justine, Célia, Apolline, Héloïse, Gabrielle, Victoire, Éléonore,
        Garance, Solène, Maud, Anne-Sophie, Marie-Lou, Lou-Anne, Anna-Rose, Marie-Amélie, Ludivine, Carine, Chloé
        Émilie, Françoise, Édith, Bérénice, Clémence, Capucine, Joséphine, Ophélie, Thaïs, Aliénor, Cécile,
        Hélène, Laëtitia, Maïwenn, Faustine"""
    ),
    boys=_list(
        """Lucas, Hugo, Louis, Gabriel, Arthur, Jules, Nathan, Raphaël, Enzo, Léo, Ethan, Théo, Tom, Noah, Paul,
        Maxime, Mathis, Antoine, Baptiste, Clément, Alexandre, Thomas, Victor, Martin, Axel, Maël, Quentin, Rémi,
        Valentin, Romain, Simon, Sacha, Timothé, Adrien, Gaspard, Julien, Samuel, Augustin, Loïc, Benoît,
        Grégoire, Étienne, François, Jean-Baptiste, Pierre-Louis, Jean-Pierre, Marc-Antoine, Paul-Émile, Jean,
        Anthony, Dylan, Kévin, Hugo Philippe Pierre, Julien Clément, Côme, Cyprien, Frédéric, Aurélien, Célestin,
        Noël, Gaëtan, Aloïs, Ulysse"""
    ),
)

PARTICLES = Culture(
    share=25,
    own=0.0,
    surnames=_list(
        """DE LA TOUR, D'ALMEIDA, DE SOUSA, DU PLESSIS, D'AGOSTINO, DE OLIVEIRA, DE LA FUENTE, DE CASTELNAU,
        D'ARTIGUES, DU BOISROUVRAY, DE LA CROIX, DES ROSIERS, D'HAUTPOUL, DE SAINT-EXUPÈRE, DE LA ROCHE-BERNARD,
        DE VILLENEUVE, D'ESTIENNE, DE LAS CASES, L'HERMITTE, DE BEAUREPAIRE, DE L'ÉTOILE, D'OUTRE-MONT, DE
        MONTESQUIEU-VOLVESTRE, VAN DEN BERGHE, VANDENBROUCKE, VAN DE WALLE, VON BÜLOW, DE RAUCOURT DE LA
        MOTTE-SAINT-JEAN, DE LA BARTHE D'ESPARSAC DE MONTÉGUT-LAURAGAIS"""
    ),
    girls=(),
    boys=(),
)

BRETON = Culture(
    share=70,
    own=0.35,
    surnames=_list(
        """LE GALL, LE GOFF, LE ROUX, TANGUY, LE GUEN, LE BIHAN, LE BRIS, LE CORRE, KERVELLA, GUIVARC'H, RIOU,
        CARIOU, LE DANTEC, QUÉRÉ, GUÉGUEN, PRIGENT, CORRE, LE MOAL, ABGRALL, BOTHOREL, PENNEC, LE FLOC'H, CALVEZ,
        TROADEC, KERMARREC, LE BORGNE, LE PENNEC, CRÉAC'H, KERLOC'H, LE GARREC, PLASSART, NÉDÉLEC, L'HÉVÉDER,
        BOZEC, GOURVENNEC, KERMEUR-LE COZ, LE QUELLEC, TY-COZ, LE DOARÉ, SALAÜN"""
    ),
    girls=_list("Nolwenn, Maëlle, Enora, Gwenaëlle, Rozenn, Bleuenn, Katell, Azenor, Tifenn, Soizic, Aziliz, Haude"),
    boys=_list("Malo, Titouan, Ewen, Gwendal, Ronan, Yann, Erwan, Tanguy, Goulven, Fañch, Loeiz, Per-Jakez, Yannig"),
)

BASQUE_CORSICAN_ALSATIAN = Culture(
    share=45,
    own=0.25,
    surnames=_list(
        """ETCHEVERRY, SCHMIDT, ECHEGARAY, KŒNIG, MUÑOZ, CASANOVA, HIRIGOYEN, ETCHEGOYHEN, BIDEGAIN, COLONNA
        D'ISTRIA, LUCCHINI, SANTONI, HAMBÜRGER, STŒCKEL, WÜRTZ, SCHÄFER, ITHURBIDE, URRUTICOECHEA, IRIGARAY,
        OTTAVJ, PAOLI, GRAFF, HÆGY, VOGELWEITH, JAUREGUIBERRY, BACHELIER-OTXOBI"""
    ),
    girls=_list("Maialen, Lisandra, Elise, Nahia, Ghjulia, Amaia, Liesel, Haizea, Letizia, Odile"),
    boys=_list("Peio, Iban, Xabi, Ghjuvan, Andria, Eneko, Mathias, Ugo, Jürgen, Beñat, Lisandru"),
)

MAGHREB = Culture(
    share=120,
    own=0.8,
    surnames=_list(
        """BENALI, EL AMRANI, BEN SALEM, HADDAD, BOUAZIZ, CHERIF, BENYAHIA, MANSOURI, AÏT AHMED, BOUZID, EL IDRISSI,
        SAÏDI, KHELIFI, BELKACEM, HAMIDI, ABD EL KADER, BEN YOUSSEF, ZEROUALI, OULD-AHMED, BOUCHAREB, LAHLOU,
        EL-FASSI, TAÏEB, BENZEMA-LACROIX, HADJ-SAÏD, AL-KHATIB, ABDELLAOUI, RAHMOUNI, OUCHÈNE, CHAÂBANE, EL
        MEHDAOUI, BOUABDALLAH, N'AÏT BRAHIM, BEN EL HADJ, ALI-BENMOHAMED, KAÇIMI"""
    ),
    girls=_list(
        """Yasmine, Inaya, Fatima, Aïcha, Nour, Amina, Salma, Khadija, Assia, Fatima-Zahra, Meriem, Lina, Soumaya,
        Rania, Leïla, Naïma, Hafsa, Chaïma, Imène, Zineb"""
    ),
    boys=_list(
        """Mohamed, Adam, Rayan, Yanis, Mehdi, Ibrahim, Bilal, Amine, Ilyès, Youssef, Ismaël, Anas, Karim, Naïm,
        Saïd, Abd-el-Malik, Mohamed-Amine, Salah-Eddine, Nassim, Walid"""
    ),
)

IBERIAN_ITALIAN = Culture(
    share=70,
    own=0.3,
    surnames=_list(
        """DA SILVA, GARCIA, FERREIRA, PEREIRA, DOS SANTOS, RODRIGUES, GONÇALVES, GOMEZ, FERNANDES, RUIZ, ROMERO,
        NAVARRO, ROSSI, DI MARCO, D'ANGELO, SIMÕES, MAGALHÃES, CONCEIÇÃO, NUÑEZ, IBÁÑEZ, LO PRESTI, DELL'AQUILA,
        DE LA VEGA Y RUIZ, ESPOSITO, BIANCHI, TAVARES, ARAÚJO, GUTIÉRREZ, PEÑA, ROSSI-LUDOVIC, DE ALMEIDA E
        SOUSA, CALDERÓN DE LA BARCA"""
    ),
    girls=_list("Sofia, Inês, Beatriz, Lucía, Chiara, Conceição, Carmen, Giulia, Leonor, María del Pilar, Begoña"),
    boys=_list("Diogo, João, Matteo, Tiago, Álvaro, Gonçalo, Íñigo, Leandro, Giovanni, Rúben, José María"),
)

AFRICA_AND_OCEANS = Culture(
    share=60,
    own=0.6,
    surnames=_list(
        """DIALLO, TRAORÉ, DIARRA, N'DIAYE, COULIBALY, CAMARA, KONÉ, SOW, KOUAMÉ, SISSOKO, N'GUESSAN, MBEMBA, KEÏTA,
        DIOP, OUÉDRAOGO, NGOMA, ABOUBACAR, RAKOTOMALALA, RANDRIANARISOA, ANDRIANARIVELO, TUMAHAI, TEIHOTAATA,
        KAUAEUA, WAMYTAN, SAÏD-ALI, NGO BATOUM, M'BARALI, RAZAFINDRAKOTOARIMANANA,
        ANDRIANAMPOINIMERINATSIMITOVIAMINANDRIANA, TCHOUAMÉNI-MBIA, ZINSOU"""
    ),
    girls=_list("Aminata, Fatou, Awa, Mariam, Adjoa, Grâce, Océane, Vaitiare, Onja, Ndèye-Fatou, Prisca, Aya, Hinanui"),
    boys=_list(
        "Mamadou, Ousmane, Moussa, Ibrahima, Kouadio, Teva, Tojo, N'Golo, El-Hadj, Christ-Emmanuel, Manu, Cheick"
    ),
)

POLISH = Culture(
    share=18,
    own=0.35,
    surnames=_list(
        """NOWAK, KOWALSKI, WIŚNIEWSKI, WÓJCIK, KACZMAREK, SZYMAŃSKI, ŁUKASIEWICZ, WALCZAK, KRÓL, ZIELIŃSKA,
        JABŁOŃSKI, WRÓBEL, SZCZEPAŃSKI, ŻUK, MAŁECKI, GRZELCZYK, DĄBROWSKA-LEROY, ŚWIĄTEK, BRZĘCZYSZCZYKIEWICZ"""
    ),
    girls=_list("Zofia, Małgorzata, Agnieszka, Katarzyna, Łucja, Bożena, Elżbieta, Wanda"),
    boys=_list("Stanisław, Łukasz, Paweł, Michał, Krzysztof, Wojciech, Zbigniew, Kazimierz"),
)

TURKISH = Culture(
    share=17,
    own=0.8,
    surnames=_list(
        """YILMAZ, KAYA, DEMİR, ŞAHİN, ÇELİK, YILDIZ, ÖZTÜRK, AYDIN, KILIÇ, ARSLAN, DOĞAN, ÖZDEMİR, GÜNDOĞDU,
        ÇAĞLAYAN, KARADAĞ, IŞIK, ÜNAL-GÜNEŞ, KÜÇÜKOĞLU, ERDOĞMUŞ"""
    ),
    girls=_list("Elif, Zeynep, Ayşe, Gülşen, Büşra, Çiğdem, Nazlı, İrem, Esra"),
    boys=_list("Emre, Mehmet, Yusuf, Oğuzhan, Çağatay, Barış, İsmail, Ömer, Işık"),
)

VIETNAMESE_AND_ASIAN = Culture(
    share=15,
    own=0.5,
    surnames=_list(
        """NGUYỄN, TRẦN, LÊ, PHẠM, HUỲNH, NGUYEN, ĐẶNG, VÕ, BÙI, TRAN VAN, CHEN, WANG, LI, SOK, CHHAY, PHOMMACHANH,
        XIONG, NGUYỄN PHÚC, ĐỖ-THIERRY, SIVILAY, RAMASSAMY, VIRAPOULLÉ"""
    ),
    girls=_list("Thị Hương, Linh, Ngọc Ánh, Mai-Anh, Thảo, Xuân, Phượng, Mei, Sreymom, Kim-Ngân"),
    boys=_list("Văn Đức, Minh, Quốc Bảo, Hoàng, Tuấn Anh, Long, Đức, Jun, Sovann, Duy-Khánh"),
)

CULTURES: tuple[Culture, ...] = (
    FRENCH,
    PARTICLES,
    BRETON,
    BASQUE_CORSICAN_ALSATIAN,
    MAGHREB,
    IBERIAN_ITALIAN,
    AFRICA_AND_OCEANS,
    POLISH,
    TURKISH,
    VIETNAMESE_AND_ASIAN,
)

COMPOUND_SHARE = 60
"""Out of a thousand surnames, how many are two joined by a hyphen or a blank."""

TOWNS: tuple[tuple[str, str, str, str], ...] = (
    ("TOULOUSE", "31555", "031", "31000"),
    ("ALBI", "81004", "081", "81000"),
    ("MONTAUBAN", "82121", "082", "82000"),
    ("L'ISLE-JOURDAIN", "32160", "032", "32600"),
    ("SAINT-GAUDENS", "31483", "031", "31800"),
    ("RENNES", "35238", "035", "35000"),
    ("BREST", "29019", "029", "29200"),
    ("PARIS 14E ARRONDISSEMENT", "75114", "075", "75014"),
    ("MARSEILLE 4E ARRONDISSEMENT", "13204", "013", "13004"),
    ("BOURG-EN-BRESSE", "01053", "001", "01000"),
    ("L'HAŸ-LES-ROSES", "94038", "094", "94240"),
    ("AIX-EN-PROVENCE", "13001", "013", "13100"),
    ("ÉVREUX", "27229", "027", "27000"),
    ("SAINT-DENIS", "97411", "974", "97400"),
    ("AJACCIO", "2A004", "02A", "20000"),
)
"""Towns of birth and of home: name, INSEE code, department, postcode."""

COUNTRIES_OF_BIRTH: tuple[tuple[str, str], ...] = (
    ("MAROC", "RABAT"),
    ("ALGÉRIE", "TIZI OUZOU"),
    ("TURQUIE", "İZMİR"),
    ("PORTUGAL", "BRAGA"),
    ("POLOGNE", "ŁÓDŹ"),
    ("VIET NAM", "HUẾ"),
    ("SÉNÉGAL", "SAINT-LOUIS"),
    ("CÔTE D'IVOIRE", "YAMOUSSOUKRO"),
)

STREETS: tuple[str, ...] = _list(
    """rue des Lilas, avenue Jean-Jaurès, chemin de l'Église, impasse du Moulin, boulevard de l'Université,
        place du Général, allée des Érables, rue de la République, rue du 8-Mai-1945, cours de l'Yser, route
        d'Auch, quai de la Daurade"""
)
