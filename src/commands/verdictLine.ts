import type { ImportReport, LineVerdict } from '#lib/area/importVerdict.ts';
import type { Translate } from '#lib/messages/index.ts';

/** `list.csv:17 示例餐饮店 不导入：统一社会信用代码没有通过校验：…` */
export function verdictLine({ files }: ImportReport, verdict: LineVerdict, t: Translate): string {
	const { file, lines, name, reason, got, mended } = verdict;
	const words = [t(`importing.verdict.${verdict.verdict}`)];
	if (reason) words.push(t(`importing.reason.${reason}`, { got: got ?? 'none' }));
	if (mended) words.push(t(reason ? 'importing.not_mended' : 'importing.mended', { what: mended }));
	return `${files[file]!.name}:${lines.join('+')} ${name} ${words.join(t('command.import.joint'))}`;
}
