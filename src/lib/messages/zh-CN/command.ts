export const command = {
	'command.unknown_option': '用法有误：{message}',
	'command.locked_hint': '系统正在运行时，请在网页上操作：{page}。',
	'command.sign_in_needed':
		'数据在 Supabase 上，请在环境变量 MINGCHA_EMAIL 和 MINGCHA_PASSWORD 中给出管理员账号。',
	'command.not_administrator': '这个账号不是管理员。',
	'command.import.summary':
		'新增 {loaded} · 待定区域 {loaded_outside} · 更新 {changed} · 无变化 {unchanged} · 不导入 {refused}',
	'command.import.joint': '；',
	'command.import.columns': '{file}：{mapping}',
	'command.import.foreign_ranking': '{source}，各社区：',
	'command.import.foreign_rank': '  {label}：违规 {violations}，检查 {inspections} 次，{sites} 家',
	'command.verify.holds':
		'{records} 份记录、{documents} 份文书（{documentsWithoutPdf} 份尚未生成，{documentsSigned} 份带数字签名）全部一致；链尾第 {position} 号 {link}',
	'command.verify.rows_hold': '{rows} 行数据与记录原文一致，{files} 个证据文件与哈希一致',
	'command.verify.evidence': '证据文件 {sha256}',
	'command.verify.feed_holds':
		'事件链完好：{events} 个事件，所载人员办理的步骤和整改、送达、文书 {steps} 项，内容未变',
	'command.verify.supervision': '督办 {id}',
	'command.verify.event': '事件 {position}',
	'command.verify.defects': '发现 {count} 处不一致（{records} 份记录、{documents} 份文书）：',
	'command.verify.defect': '{where} {kind}：实为 {got}，应为 {expected}',
	'command.verify.record': '记录 {position}',
	'command.verify.document': '文书 {documentId}',
	'command.verify.head': '链尾',
	'command.recount.agrees': '统计与台账一致。',
	'command.recount.drift': '有 {count} 行统计与台账不一致：',
	'command.recount.row': '{table} {key}：实为 {counted}，应为 {expected}',
	'command.recount.repaired': '已按台账改正。',
	'command.recount.hint': '加 --repair 改正。',
	'command.recount.frozen_agrees': '已冻结的 {count} 个月与台账一致。',
	'command.recount.frozen_drift': '已冻结的月份有 {count} 行与台账不一致（只列出，不改动）：',
	'command.generate.done': '示例数据已生成到 {folder}，用时 {seconds} 秒。账号见 sample-accounts.json。',
	'command.generate.city_done':
		'已生成示例城市：{enterprises, number} 家单位，用时 {seconds} 秒。仅供压力测试：没有记录、文书和事件。',
	'command.backup.done': '已备份到 {file}：{count} 个文件，{megabytes} MB，链尾第 {position} 号。',
	'command.backup.secret': '其中有密钥和个人信息：请像保管公章一样保管（文件权限已设为仅本人可读）。',
	'command.restore.done': '已恢复到 {folder}：{count} 个文件全部校验一致，备份于 {createdAt}。',
	'command.restore.head': '链尾与备份时一致：第 {position} 号。',
	'command.restore.head_differs': '链尾与备份清单不符：实为 {got}，应为 {expected}。'
} as const;
