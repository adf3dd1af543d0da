"""Types of options that Click lacks, with messages that its users understand, and options that commands share."""

from datetime import date, datetime

import click


class Day(click.ParamType[date]):
    """A date as French people write it, or in ISO form."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date that was typed."""
        if isinstance(value, date):
            return value
        for form in ("%d/%m/%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(str(value).strip(), form).date()
            except ValueError:
                continue
        raise click.BadParameter(f"«{value}» n'est pas une date : écrivez JJ/MM/AAAA.", ctx, param)


DAY = Day()

overwrite_option = click.option("--overwrite", is_flag=True, help="Remplacer le fichier s'il existe.")
"""For every command that writes a file: one that is there is kept unless this is given."""
