"""What a user is told about a mistake by the web application (see ``errors`` for the form)."""

from __future__ import annotations

WEB_ERRORS: dict[str, tuple[str, str]] = {
    "error.not_found.web_work": (
        "no saved work {name} here. It may have been deleted, or belong to another browser",
        "没有方案 {name}。可能已删除，或是在别的浏览器里做的",
    ),
    "error.not_found.web_task": (
        "no calculation {name} here. It may have been deleted, or belong to another browser",
        "没有计算 {name}。可能已删除，或是在别的浏览器里做的",
    ),
    "error.not_found.web_upload": (
        "no chat log {name} here, or it could not be read. Upload it again",
        "没有聊天记录 {name}，或没读成。请重新上传",
    ),
    "error.not_found.web_view": (
        "nothing to see of {name} yet. Wait for the first results",
        "{name} 还没有可看的结果。请等第一批结果",
    ),
    "error.not_found.web_file": ("no file {name} of this calculation", "这次计算没有文件 {name}"),
    "error.not_found.address": (
        "no such address. The API is described at /api/openapi.json",
        "没有这个地址。接口说明在 /api/openapi.json",
    ),
    "error.not_found.request_method": (
        "this address does not do that. The API is described at /api/openapi.json",
        "这个地址不支持这种请求。接口说明在 /api/openapi.json",
    ),
    "error.not_found.request_failed": ("the request failed. Try again", "请求失败，请重试"),
    "error.not_found.host": (
        "this machine has no address {name}. Use --host 127.0.0.1",
        "本机没有地址 {name}。请用 --host 127.0.0.1",
    ),
    "error.no_permission.host": (
        "{name} is not a name of this program. Open the address that qunsim ui printed",
        "{name} 不是本程序的地址。请打开 qunsim ui 打印的地址",
    ),
    "error.no_permission.origin": (
        "another page ({name}) asked. Only the page of this program may",
        "请求来自别的页面（{name}），只接受本程序自己的页面",
    ),
    "error.no_permission.token": (
        "this address needs its token. Open the address that qunsim ui printed, with ?token=",
        "这个地址要带口令。请打开 qunsim ui 打印的、带 ?token= 的地址",
    ),
    "error.no_permission.session": (
        "no session. Open the page first, or ask POST /api/session",
        "没有会话。请先打开页面，或先请求 POST /api/session",
    ),
    "error.too_big.request": (
        "more than {limit_mb} MB was sent. Send less, or export a shorter time",
        "发送的内容超过 {limit_mb} MB。请减小文件，或导出短一点的时间段",
    ),
    "error.too_big.sessions": (
        "{high} browsers have saved work here. Delete old ones in the data folder",
        "已有 {high} 个浏览器在这里存了方案。请在数据文件夹里删掉旧的",
    ),
    "error.too_big.tasks": (
        "too many calculations are waiting (at most {high} of one browser). Wait for one, or stop one",
        "等待的计算太多（每个浏览器最多 {high} 个）。请等一个算完，或停掉一个",
    ),
    "error.too_big.waiting": (
        "no answer for a minute: the machine is busy. Try again",
        "等了一分钟没有回音：机器正忙。请再试一次",
    ),
    "error.too_big.uploads": (
        "{high} chat logs are kept already. Delete one first",
        "已存了 {high} 份聊天记录。请先删一份",
    ),
    "error.too_big.works": (
        "{high} works are saved already. Delete some first",
        "已存了 {high} 个方案。请先删掉一些",
    ),
    "error.too_big.memory": (
        "the calculation needed more than {limit_mb} MB of memory. Use fewer members or days",
        "这次计算用的内存超过 {limit_mb} MB。请减少人数或天数",
    ),
    "error.too_short.upload": (
        "the file is empty. Export the chat again",
        "文件是空的。请重新导出聊天记录",
    ),
    "error.wrong_form.request": (
        "{key}: {detail}. The API is described at /api/openapi.json",
        "{key}：{detail}。接口说明在 /api/openapi.json",
    ),
    "error.wrong_form.share_file": (
        "{file} is not a saved qunsim work. Open a file that ends in .qunsim",
        "{file} 不是 qunsim 方案文件。请打开以 .qunsim 结尾的文件",
    ),
    "error.wrong_form.forecast_log": (
        "this work does not begin with a chat log. Upload one to look ahead",
        "这个方案不是从聊天记录开始的。请先上传聊天记录再做预测",
    ),
    "error.wrong_form.token": (
        "--token needs at least {low} characters without accents",
        "--token 至少要 {low} 个英文字母或数字",
    ),
    "error.out_of_range.port": (
        "--port {value}. Use 0 to {high}; 0 takes any free one",
        "--port {value}。请用 0 到 {high}；0 表示任选一个空闲端口",
    ),
    "error.out_of_range.ui_jobs": (
        "--jobs {value}. Use 1 to {high}",
        "--jobs {value}。请用 1 到 {high}",
    ),
    "error.taken.port": (
        "another program listens on port {value} of {name}. Use another: --port 0 takes a free one",
        "{name} 的端口 {value} 已被别的程序占用。请换一个：--port 0 会任选空闲端口",
    ),
    "error.taken.task": (
        "this calculation is running already",
        "这次计算正在进行",
    ),
    "error.stopped.time": (
        "stopped after {seconds} seconds. Everything finished is kept: go on, or ask for less",
        "算了 {seconds} 秒，已停下。算完的都在：可以继续，或把要求降低一些",
    ),
    "error.stopped.worker_died": (
        "the calculation was ended from outside. Everything finished is kept: go on",
        "计算被外部中断。算完的都在：可以继续",
    ),
    "error.stopped.task": (
        "it was stopped in another window. Ask again",
        "已在另一个窗口里停止。请再点一次",
    ),
    "error.stopped.internal": (
        "an error of the program ({detail}). Your inputs are saved; details are in workers.log",
        "程序内部出错（{detail}）。内容已保存，详情在 workers.log",
    ),
}  # fmt: skip
