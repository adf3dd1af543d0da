"""The state of the database: what ``examtui db check`` tells.

It asks the database itself (integrity, foreign keys), compares the schema with the models, and compares what was
derived from the candidates (text index, folded words, order, reversed numbers) with what it would be if made today.
"""

from collections.abc import Iterator
from typing import Any

from examtui.database.connection import is_postgresql
from examtui.database.schema import schema_differences
from examtui.home import Home
from examtui.model import ALL_MODELS, Candidate
from examtui.search.fold import index_words, reverse_of, sort_key

MOST_FAULTS = 20
_PAGE = 5000
_MISSING_WORD = "Des candidats manquent à l'index de recherche, par exemple au mot «{}»."
_LEFT_WORD = "L'index de recherche garde des mots qui ne sont plus à personne, par exemple «{}»."


def check_database(home: Home) -> list[str]:
    """Return a French sentence for each fault of the home's database (at most 20), none when it is sound.

    It writes nothing that stays. It is no use case: whoever may open the data folder may know whether it is sound, even
    where no user can be read.
    """
    faults: list[str] = []
    for fault in _faults(home.database):
        faults.append(fault)
        if len(faults) == MOST_FAULTS:
            break
    return faults


def _faults(database: Any) -> Iterator[str]:
    if not is_postgresql(database):
        for (message,) in database.execute_sql("PRAGMA integrity_check(20)").fetchall():
            if message != "ok":
                yield f"Le fichier de la base est abîmé : {message}."
        for table, row, parent, _ in database.execute_sql("PRAGMA foreign_key_check").fetchall():
            yield f"La ligne {row} de la table «{table}» renvoie à une ligne de «{parent}» qui n'existe pas."
    differences = schema_differences(database, list(ALL_MODELS))
    for difference in differences:
        yield f"Le schéma de la base n'est pas celui du programme : {difference}."
    if differences:
        return
    if is_postgresql(database):
        yield from _starts_faults(database)
    else:
        yield from _text_index_faults(database)
    yield from _candidate_faults()


def _text_index_faults(database: Any) -> Iterator[str]:
    """Compare the text index with one made anew beside it: SQLite checks a contentless index only against itself."""
    columns = "words, content='', detail=none, columnsize=0, tokenize='ascii'"
    make = (
        f"CREATE VIRTUAL TABLE temp.check_index USING fts5({columns})",
        "INSERT INTO temp.check_index(rowid, words) SELECT rank, words FROM main.candidate ORDER BY rank",
        "CREATE VIRTUAL TABLE temp.check_held USING fts5vocab(main, candidate_index, instance)",
        "CREATE VIRTUAL TABLE temp.check_made USING fts5vocab(temp, check_index, instance)",
    )
    try:
        for sql in make:
            database.execute_sql(sql)
        for left, right, sentence in (("made", "held", _MISSING_WORD), ("held", "made", _LEFT_WORD)):
            row = database.execute_sql(
                f"SELECT term FROM (SELECT term, doc FROM temp.check_{left} "
                f"EXCEPT SELECT term, doc FROM temp.check_{right}) LIMIT 1"
            ).fetchone()
            if row is not None:
                yield sentence.format(row[0])
    finally:
        for name in ("check_made", "check_held", "check_index"):
            database.execute_sql(f"DROP TABLE IF EXISTS temp.{name}")


def _starts_faults(database: Any) -> Iterator[str]:
    """Compare PostgreSQL's text index with what the candidates' words would make it.

    Their sums first: to look for the difference means sorting both, which takes five times as long.
    """
    made = "SELECT s.start, candidate.rank FROM candidate CROSS JOIN LATERAL starts_of(words) AS s (start)"
    held = "SELECT start, rank FROM candidate_start"
    sums = [
        database.execute_sql(f"SELECT count(*), sum(hashtextextended(start, rank)) FROM ({rows}) AS rows").fetchone()
        for rows in (made, held)
    ]
    if sums[0] == sums[1]:
        return
    for left, right, sentence in ((made, held, _MISSING_WORD), (held, made, _LEFT_WORD)):
        row = database.execute_sql(f"SELECT start FROM ({left} EXCEPT {right}) AS difference LIMIT 1").fetchone()
        if row is not None:
            yield sentence.format(row[0])


def _candidate_faults() -> Iterator[str]:
    columns = (
        Candidate.id,
        Candidate.family_name,
        Candidate.usage_name,
        Candidate.first_names,
        Candidate.words,
        Candidate.number,
        Candidate.number_reversed,
        Candidate.ine,
        Candidate.ine_reversed,
    )
    before = ""
    for number, family, usage, first, words, given, given_reversed, ine, ine_reversed in _in_order(*columns):
        key = sort_key(family, first)
        if words != index_words(family, usage, first):
            yield f"Les mots de recherche du candidat {number} ne sont plus ceux de son nom."
        if (given_reversed, ine_reversed) != (reverse_of(given), reverse_of(ine)):
            yield f"Le numéro ou l'INE du candidat {number} ne se retrouve pas par sa fin."
        if key < before:
            yield f"Le candidat {number} n'est pas à sa place dans l'ordre alphabétique."
        before = key


def _in_order(*columns: Any) -> Iterator[tuple[Any, ...]]:
    """Read candidates in their order, some thousands at a time: PostgreSQL's driver holds all that is selected."""
    last = None
    while True:
        rows: Any = Candidate.select(Candidate.rank, *columns).order_by(Candidate.rank).limit(_PAGE)
        page = list((rows if last is None else rows.where(Candidate.rank > last)).tuples())
        for row in page:
            yield row[1:]
        if len(page) < _PAGE:
            return
        last = page[-1][0]
