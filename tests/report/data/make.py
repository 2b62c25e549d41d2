"""Writes `sarif-2.1.0.json` beside it: the published JSON schema of SARIF, without its descriptions.

npm pack @microsoft/jest-sarif && tar xzf microsoft-jest-sarif-*.tgz
python tests/report/data/make.py package

The package (MIT) holds the schema as SchemaStore (Apache-2.0) publishes it.
"""

import json
import sys
from pathlib import Path
from typing import Any


def without_texts(schema: Any) -> Any:
    """Leave out the descriptions; a property that is called so is a structure, and stays."""
    if isinstance(schema, dict):
        return {k: without_texts(v) for k, v in schema.items() if k != "description" or not isinstance(v, str)}
    return [without_texts(one) for one in schema] if isinstance(schema, list) else schema


def main(package: Path) -> None:
    """Read an unpacked package and write the file."""
    schema = json.loads((package / "lib/schemas/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8-sig"))
    Path(__file__).with_name("sarif-2.1.0.json").write_text(json.dumps(without_texts(schema)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
