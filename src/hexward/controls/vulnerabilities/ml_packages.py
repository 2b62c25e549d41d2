"""No machine learning package of an AI workload has a severe known hole.

Why: NumPy, TensorFlow, PyTorch and their kin parse what strangers send and load models that strangers made; several of their holes
run code from a model file. System packages are patched with the base image, these only when somebody moves a pin.

Fix: raise the pin to the version that the fault names, test that the numbers stay the same, rebuild and deploy. Critical and high
holes are judged, whether there is a fix or not; without one, load only models of your own in formats without code. What Inspector
does not scan is unknown.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import InspectorCoverage, InspectorFinding, Inventory, Workload
from hexward.inventory.inspector2 import Package
from hexward.inventory.scanned import findings_of, targets_of
from hexward.model import Fault, Severity

PACKAGES = {
    *(
        "numpy",
        "scipy",
        "pandas",
        "scikit-learn",
        "joblib",
        "xgboost",
        "lightgbm",
        "catboost",
        "opencv-python",
        "pillow",
    ),
    *("tensorflow", "tensorflow-cpu", "tensorflow-gpu", "tensorflow-intel", "tf-models-official", "keras"),
    *("torch", "torchvision", "torchaudio", "torchserve", "pytorch-lightning", "lightning", "jax", "jaxlib", "flax"),
    *("onnx", "onnxruntime", "onnxruntime-gpu", "mxnet", "paddlepaddle", "tritonclient", "deepspeed", "nemo-toolkit"),
    *("transformers", "tokenizers", "safetensors", "diffusers", "accelerate", "peft", "sentencepiece", "datasets"),
    *("vllm", "llama-cpp-python", "ctransformers", "sagemaker", "mlflow", "ray", "bentoml", "gradio", "streamlit"),
    *("langchain", "langchain-core", "langchain-community", "langchain-experimental", "langgraph", "llama-index"),
    *("llama-index-core", "haystack-ai", "chromadb", "faiss-cpu", "faiss-gpu", "huggingface-hub", "jupyterlab"),
}
"""Names on the Python Package Index, as it writes them."""
NAMED = 3


def fixed_in(packages: Iterable[Package]) -> str:
    """Return the highest version in which some holes are mended, as a sentence's end."""
    versions = {p.fixed_in_version for p in packages if p.fixed_in_version not in {None, "", "NotAvailable"}}
    highest = max(versions, key=lambda text: (*map(int, re.findall(r"\d{1,9}", text or "")),), default=None)
    return "without a fix yet" if highest is None else f"fixed in {highest}"


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:RA-5", "NIST-800-53:SI-2", "OWASP-LLM:LLM03", "PCI-DSS:6.3.3"),
    uses=(InspectorCoverage, InspectorFinding),
    source="https://docs.aws.amazon.com/inspector/latest/user/findings-types.html#findings-types-package",
)
def ml_packages(workload: Workload, inventory: Inventory) -> Iterator[Fault]:
    targets = list(targets_of(inventory, workload))
    if not targets:
        raise NotApplicable("nothing of it is of a kind that Inspector scans")
    for target in targets:
        holes: dict[str, list[tuple[str, Package]]] = defaultdict(list)
        for one in findings_of(inventory, target, "vulnerability_id", "packages"):
            for package in one.packages or ():
                holes[re.sub(r"[-_.]+", "-", package.name.lower())].append((one.vulnerability_id or "", package))
        for name in sorted(holes.keys() & PACKAGES):
            ids = sorted({hole for hole, _ in holes[name]})
            more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
            version = min(package.version for _, package in holes[name])
            mended = fixed_in(package for _, package in holes[name])
            says = f"{name} {version} in {target.says} has {', '.join(ids[:NAMED])}{more}, {mended}"
            yield Fault(says, field=target.field, aspect=f"{name} {target.name}")
