"""What is wrong with a log, a chat export or a table of numbers, and with what is asked of it."""

from __future__ import annotations

LOG_ERRORS: dict[str, tuple[str, str]] = {
    "error.wrong_file.empty": ("{file} is empty. Export it again", "{file} 是空的。请重新导出"),
    "error.wrong_file.empty_folder": (
        "no chat export in {file}. Formats: qunsim import --formats",
        "{file} 里没有聊天记录。支持的格式：qunsim import --formats",
    ),
    "error.wrong_file.other_format": (
        "{file} holds nothing in the format {form}. Leave out --format; formats: qunsim import --formats",
        "{file} 里没有 {form} 格式的内容。去掉 --format；支持的格式：qunsim import --formats",
    ),
    "error.damaged.no_message": (
        "{file} breaks off before its first message, or is no JSON. Export it again",
        "{file} 在第一条消息之前就断了，或者不是 JSON。请重新导出",
    ),
    "error.cannot_read.no_date": (
        "the times in {file} lack the year or the date. Put it into the file's name, as in group_2024-03-05.txt",
        "{file} 里的时间没有年份或日期。请写进文件名，例如 group_2024-03-05.txt",
    ),
    "error.wrong_file.no_table": (
        "{file} is no table of events: its first line names no columns{where}. Formats: qunsim import --formats",
        "{file} 不是事件表，第一行没有列名{where}。支持的格式：qunsim import --formats",
    ),
    "error.too_short.no_group": (
        "{file} holds talks between two only. Export the chat of a group",
        "{file} 里只有两个人的私聊。请导出群聊的记录",
    ),
    "error.wrong_file.no_date": (
        "{file} has times but no dates. Put the date into the file's name, such as 2024-03-05.log",
        "{file} 只有时间，没有日期。请把日期写进文件名，例如 2024-03-05.log",
    ),
    "error.wrong_file.excel": (
        "{file} is an Excel workbook. Save it as CSV, or export again; formats: qunsim import --formats",
        "{file} 是 Excel 文件。另存为 CSV，或重新导出；支持的格式：qunsim import --formats",
    ),
    "error.wrong_file.zip": (
        "{file} is a ZIP archive. Unpack it and name the files in it",
        "{file} 是压缩包。请先解压，再写里面的文件",
    ),
    "error.wrong_file.zip_bomb": (
        "{file} would unpack to far more than a chat export holds. Unpack it yourself if you trust it, and name the files in it",
        "{file} 解压后大得不像聊天记录。确认可信的话，请自己解压，再写里面的文件",
    ),
    "error.wrong_file.zip_paths": (
        "{file} holds files that would be unpacked outside of its folder. Download or export it again",
        "{file} 里有会解压到别处的文件。请重新下载或导出",
    ),
    "error.wrong_file.zip_locked": (
        "{file} has a password. Unpack it and name the files in it, or pack them again without one",
        "{file} 有密码。请解压后写里面的文件，或去掉密码重新压缩",
    ),
    "error.wrong_file.zip_method": (
        "{file} is packed in a way that is not read here. Unpack it and name the files in it, or pack them again as an ordinary ZIP",
        "{file} 的压缩方式读不了。请解压后写里面的文件，或重新压缩成普通 ZIP",
    ),
    "error.wrong_file.zip_nested": (
        "{file} holds an archive where a file should be. Unpack it and name the files in it",
        "{file} 里面还是压缩包。请先解压，再写里面的文件",
    ),
    "error.wrong_file.no_slack": (
        "{file} is no Slack export: that is a ZIP archive with channels.json, users.json and a folder for each channel",
        "{file} 不是 Slack 导出。Slack 导出是 ZIP，里面有 channels.json、users.json 和每个频道的文件夹",
    ),
    "error.wrong_file.no_json": (
        "{file} is not JSON. Leave --format out, or export again as JSON",
        "{file} 不是 JSON。请去掉 --format，或重新导出成 JSON",
    ),
    "error.wrong_file.no_html": (
        "{file} is no page of messages from Telegram. Name messages.html, or export as JSON",
        "{file} 不是 Telegram 导出的消息页。请用 messages.html，或导出成 JSON",
    ),
    "error.damaged.broken": (
        "{file} breaks off before its first message. Download or export it again",
        "{file} 还没到第一条消息就断了。请重新下载或导出",
    ),
    "error.wrong_file.archive": (
        "{file} is a packed archive. Unpack it and name the files in it",
        "{file} 是压缩包。请先解压，再写里面的文件",
    ),
    "error.wrong_file.pdf": (
        "{file} is a PDF. Export the chat as text, CSV or JSON",
        "{file} 是 PDF。请把聊天记录导出成文本、CSV 或 JSON",
    ),
    "error.wrong_file.image": (
        "{file} is a picture. Export the chat as text, CSV or JSON",
        "{file} 是图片。请把聊天记录导出成文本、CSV 或 JSON",
    ),
    "error.wrong_file.sqlite": (
        "{file} is a database. Export the chat from the program that made it",
        "{file} 是数据库文件。请用生成它的程序导出聊天记录",
    ),
    "error.wrong_file.parquet": (
        "{file} is a Parquet file. Save it as CSV",
        "{file} 是 Parquet 文件。请另存为 CSV",
    ),
    "error.wrong_file.binary": (
        "{file} is not a text file. Export the chat as text, CSV or JSON",
        "{file} 不是文本文件。请把聊天记录导出成文本、CSV 或 JSON",
    ),
    "error.too_short.no_purchases": (
        "{events} events, none of them a purchase. Rows of purchases say purchase in the column event",
        "{events} 条记录里没有一条购买。购买的行要在 event 列写 purchase",
    ),
    "error.too_short.purchase_weeks": (
        "{weeks} weeks with purchases before {until}, a forecast needs {needed}. Use --until with a later date",
        "{until} 之前只有 {weeks} 周有购买，预测至少要 {needed} 周。请把 --until 往后调",
    ),
    "error.too_short.holdout": (
        "{seen} weeks were seen after the origin, {weeks} are to be checked. Use smaller --weeks or --origins",
        "起点之后只有 {seen} 周的记录，不够检验 {weeks} 周。请把 --weeks 或 --origins 调小",
    ),
    "error.too_short.renewals": (
        "{periods} renewals, the law needs {needed}. Add a row for each period since they joined",
        "只有 {periods} 次续费，至少要 {needed} 次。每过一期请加一行",
    ),
    "error.too_short.steps": (
        "{steps} steps in time, a forecast needs {needed}. Add earlier dates",
        "只有 {steps} 步，预测至少要 {needed} 步。请补上更早的日期",
    ),
    "error.too_short.no_rows": (
        "{file} has no row with a number. Add one for each date or period",
        "{file} 没有带数字的行。每个日期或每一期请写一行",
    ),
    "error.cannot_read.number_columns": (
        "{file} lacks columns. The first line must name these: {wanted}",
        "{file} 缺少列。第一行要写出列名：{wanted}",
    ),
    "error.cannot_read.number_row": (
        "{file}, line {line} is not a date or period with a number. Mend or delete that line",
        "{file} 第 {line} 行不是日期（或期数）加数字。请改这一行或删掉",
    ),
    "error.contradiction.survival": (
        "numbers that renewed must begin with all in period 0, then fall or stay, without a gap. Mend the table",
        "续费人数要从第 0 期的全体开始，逐期不增，中间不能缺期。请改表格",
    ),
    "error.contradiction.target_option": (
        "{option} goes with the forecast of activity, not with --target {value}. Leave it out",
        "{option} 只能用于预测活跃，不能和 --target {value} 一起用。请去掉",
    ),
    "error.contradiction.until_renewals": (
        "--until needs dates, and a table of renewals has periods. Delete its last rows instead",
        "--until 要有日期，续费表只有期数。请改为删掉表格最后几行",
    ),
    "error.wrong_form.target": (
        '"{value}" cannot be forecast here. Known: {known}',
        "这里不能预测“{value}”。可以写：{known}",
    ),
    "error.wrong_form.origins": (
        '"{value}" are not origins. Write shares between 0 and 1, as --origins 0.5,0.75',
        "{value} 不能当起点。请写 0 到 1 之间的数，例如 --origins 0.5,0.75",
    ),
    "error.wrong_form.shock": (
        '"{value}" is no shock. Write a past one as 2026-03-01:launch, one ahead with its size (-5 to 5) as 2026-12-24:-0.5',
        "{value} 不是事件。过去的写成 2026-03-01:launch，将来的写大小（-5 到 5），如 2026-12-24:-0.5",
    ),
    "error.out_of_range.until_before_log": (
        "no event before {until}; the log begins on {first}. Choose a later --until",
        "{until} 之前没有任何记录，聊天记录从 {first} 开始。请把 --until 往后调",
    ),
    "error.out_of_range.shock_size": (
        "the shock of {day} lies before {until}: what it did is fitted. Give it a name in place of a size",
        "{day} 的事件在 {until} 之前，它的作用由记录拟合。请把大小换成名字",
    ),
    "error.out_of_range.shock_past": (
        "the shock {kind_given} of {day} lies outside of the log ({first} to {until}). Mend the date, or give a size if it is ahead",
        "{day} 的事件 {kind_given} 不在记录里（{first} 到 {until}）。请改日期；如果是将来的事，请写大小",
    ),
    "error.out_of_range.shock_fit": (
        "the shock of {day} has a size: that is for qunsim forecast. Give a past one a name, as 2026-03-01:launch",
        "{day} 的事件写了大小，那是给 qunsim forecast 用的。过去的事件请写名字，如 2026-03-01:launch",
    ),
    "error.too_short.weeks": (
        "{weeks} weeks of messages before {until}, a forecast needs {needed} ({backtest} for a backtest). Use --until with a later date, or qunsim describe",
        "{until} 之前只有 {weeks} 周消息，预测至少要 {needed} 周（回测要 {backtest} 周）。把 --until 往后调，或先用 qunsim describe",
    ),
}
