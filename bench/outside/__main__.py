"""The analysis on texts that others labelled; none of them is part of newsdesk.

    python -m bench.outside newsquant FILE
    python -m bench.outside polnear FOLDER
    python -m bench.outside pud FILE

FILE or FOLDER is a part of a checkout of the repository that publishes the data:

newsquant  data/formatted_test_set/NewsQuant.json of https://github.com/satya77/CQE_Evaluation
polnear    data/dev of https://github.com/networkdynamics/PolNeAR
pud        en_pud-ud-test.iob2 of https://github.com/UniversalNER/UNER_English-PUD

Each prints precision, recall and F1; how it counts stands in the module of its name.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.outside import newsquant, polnear, pud

MEASURES = {"newsquant": newsquant.measured, "polnear": polnear.measured, "pud": pud.measured}


def main(arguments: list[str]) -> int:
    if len(arguments) != 2 or arguments[0] not in MEASURES:
        print(__doc__, file=sys.stderr)
        return 2
    name, source = arguments
    try:
        for row in MEASURES[name](Path(source)):
            print(row)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}; python -m bench.outside tells more", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
