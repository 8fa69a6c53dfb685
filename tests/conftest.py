"""What every test shares: the Hypothesis profile and the place of compiled kernels."""

import os
import sys
import zlib
from pathlib import Path

from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=50
)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


def _kernel_cache() -> Path:
    """A folder for this state of the sources: Numba does not notice a change in what it inlines."""
    state = 0
    for path in sorted((ROOT / "sim").rglob("*.py")):
        state = zlib.crc32(path.read_bytes(), state)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return ROOT / ".cache" / "numba" / f"tests-{version}-{state:08x}"


os.environ.setdefault("NUMBA_CACHE_DIR", str(_kernel_cache()))
