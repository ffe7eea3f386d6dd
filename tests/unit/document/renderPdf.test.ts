import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsQR from 'jsqr';
import { afterAll, describe, expect, it } from 'vitest';
import { fontCoverage, missingCharacters } from '#lib/document/fontCoverage.server.ts';
import { createPdfRenderer, type PhotoBytes, type RenderedPdf } from '#lib/document/renderPdf.server.ts';
import type { DocumentContent } from '#lib/document/content.ts';
import {
	drawnSignature,
	everySample,
	gasAlarm,
	sampleCard,
	sampleNotice,
	sampleOpinion,
	sampleOrder,
	samplePlan,
	sampleRecord,
	sampleReminder,
	sampleReport,
	sampleRequest,
	sampleScores,
	sampleSupervisionOpinion
} from '#lib/document/sampleContent.ts';

const renderer = createPdfRenderer();
const folder = mkdtempSync(join(tmpdir(), 'mingcha-document-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function isInstalled(command: string): boolean {
	try {
		execFileSync(command, ['-v'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}
const hasPoppler = isInstalled('pdftotext') && isInstalled('pdftoppm') && isInstalled('pdffonts');
const needsPoppler = hasPoppler
	? ''
	: ' (skipped: pdftotext, pdftoppm and pdffonts of poppler-utils are absent)';

async function rendered(content: DocumentContent, photos?: PhotoBytes): Promise<RenderedPdf> {
	const outcome = await renderer.render(content, photos);
	if (!outcome.ok) throw new Error(`got ${JSON.stringify(outcome.problem)}, expected a PDF`);
	return outcome.value;
}

function withFile<Value>(pdf: RenderedPdf, read: (file: string) => Value): Value {
	const file = join(folder, `${pdf.sha256}.pdf`);
	writeFileSync(file, pdf.bytes);
	return read(file);
}

/** The text a reader can select, without the line breaks of the layout. */
const textOf = (pdf: RenderedPdf): string =>
	withFile(pdf, (file) => execFileSync('pdftotext', ['-raw', file, '-']).toString().replace(/\s/g, ''));

/** Page 1 at print resolution, as the camera of a phone would see it. */
function qrOnFirstPage(pdf: RenderedPdf): string | undefined {
	const ppm = withFile(pdf, (file) =>
		execFileSync('pdftoppm', ['-r', '150', '-f', '1', '-l', '1', file], { maxBuffer: 64e6 })
	);
	const [header, width, height] = /^P6\s(\d+) (\d+)\s255\s/.exec(ppm.subarray(0, 40).toString('latin1'))!;
	const rgba = new Uint8ClampedArray(Number(width) * Number(height) * 4).fill(255);
	for (let from = header.length, to = 0; from < ppm.length; from += 3, to += 4) {
		rgba.set(ppm.subarray(from, from + 3), to);
	}
	return jsQR(rgba, Number(width), Number(height))?.data;
}

const everyTrack = ['非可靠电子签名', '记录校验码a1b2c3d4e5f60718', '示例'];
/** The fixed sentences of the forms (conventions §1.2 and §1.4), with the blanks filled. */
const golden: [string, DocumentContent, string[], string[]][] = [
	[
		'现场检查记录 A',
		sampleRecord('A'),
		[
			'安全生产行政执法文书',
			'现场检查记录',
			'（示例）应急检记〔2026〕12号',
			'2026年11月22日14时05分至15时02分',
			'我们是示例街道办事处行政执法人员明远、若溪，证件号码为示例执法0001、示例执法0002，这是我们的证件（出示证件）。现依法对你单位进行现场检查，请予以配合。',
			'检查情况：',
			'检查人员（签名）：',
			'被检查单位现场负责人（签名）：',
			'本年度第2次检查',
			'年度监督检查计划（示例）',
			'有权申请回避',
			'示例街道办事处（印章）'
		],
		['申请行政复议', '仅限针对本次检查']
	],
	[
		'现场检查记录 B',
		sampleRecord('B'),
		[
			'安全生产监督检查文书',
			'我们是示例街道办事处安全生产检查人员明远、若溪。现依法对你单位进行现场检查，请予以配合。',
			'本现场检查记录，仅限针对本次检查过程中已发现的安全生产情况和问题。',
			'拟记分：第10条第1款“应急预案缺少现场处置措施的，记0.5分”，0.5分。',
			'拟记分：第15条第3款“发现重大事故隐患的，每项记3分”，3分（待审）。',
			'减免1“当场改正的，免除该项记分”，减0.5分。',
			'本次检查依据《示例记分办法》拟记分，合计3.5分。标明待审的，经审核确认后生效；当事人可以陈述申辩。',
			'《中华人民共和国安全生产法》第九条第二款'
		],
		['行政执法', '出示证件', '印章', '责令']
	],
	[
		'责令限期整改指令书 A',
		sampleOrder('A'),
		[
			'安全生产行政执法文书',
			'责令限期整改指令书',
			'经查，你单位存在下列问题：',
			'其中事故隐患第2项属于重大隐患。',
			'现责令你单位对上述第2项问题于2026年11月25日（含当日）前整改完毕；对上述第1、3项问题于2026年11月30日（含当日）前整改完毕，达到有关法律法规规章和标准规定的要求。由此造成事故的，依法追究有关人员的责任。',
			'整改期间，你单位应当采取措施，确保安全生产。对安全生产违法行为，将依法予以行政处罚。',
			'如果不服本指令，可以依法在60日内向示例区人民政府申请行政复议，或者在6个月内依法向示例区人民法院提起行政诉讼，但本指令不停止执行，法律另有规定的除外。',
			'执法人员（签名）：',
			'证号：示例执法0001',
			'证号：示例执法0002',
			'被检查单位负责人（签名）：',
			'（印章）',
			'本文书一式两份'
		],
		['检查人员（签名）']
	],
	[
		'限期整改意见书 B',
		sampleOrder('B'),
		[
			'安全生产监督检查文书',
			'限期整改意见书',
			'其中事故隐患第2项属于重大隐患。',
			'现要求你单位对上述第2项问题于2026年11月25日（含当日）前整改完毕；',
			'逾期不整改或达不到要求的，将依法上报示例区应急管理局进行查处；由此造成事故的，依法追究有关人员的责任。',
			'安全生产检查人员（签名）：',
			'本文书一式二份：一份由示例街道安全生产工作机构备案，一份交被检查单位。'
		],
		['行政执法', '责令', '印章', '行政复议', '行政诉讼', '行政处罚', '证号']
	],
	[
		'整改复查意见书 A',
		sampleOpinion('A'),
		[
			'本机关于2026年11月22日作出了责令限期整改的决定[（示例）应急责改〔2026〕9号]，经对你单位整改情况进行复查，提出如下意见：',
			'以下隐患已整改合格',
			'以下隐患未整改合格',
			'对上述第3项问题于2026年12月8日（含当日）前整改完毕',
			'被复查单位负责人（签名）：',
			'（印章）',
			'本文书一式两份，一份由检查单位备案，一份交被复查单位'
		],
		[]
	],
	[
		'整改复查意见书 B',
		sampleOpinion('B'),
		[
			'本机关于2026年11月22日对你单位提出了限期整改的意见[（示例）安检改〔2026〕9号]',
			'经对你单位整改情况进行复查，提出如下意见：',
			'安全生产检查人员（签名）：'
		],
		['行政执法', '责令', '印章']
	],
	[
		'记分表',
		sampleScores('B'),
		[
			'安全生产记分管理',
			'第10条第1款“应急预案缺少现场处置措施的，记0.5分”',
			'减免1“当场改正的，免除该项记分”',
			'合计3.5分',
			'本次检查前累计4.5分（正常）',
			'待审项全部确认后8分',
			'现场负责人签名，表示已知悉以上检查发现和拟记分。',
			'（示例）安检记〔2026〕12号'
		],
		['责令', '行政处罚', '行政复议', '印章']
	],
	[
		'现场检查方案',
		samplePlan(),
		[
			'检查频次本年度第2次检查',
			'检查人员明远（证号：示例执法0001）、若溪（证号：示例执法0002）',
			'计划检查日期2026年11月25日',
			'拟定人：明远',
			'审批意见：同意',
			'审批人：秋实',
			'扫码核验'
		],
		['签收', '责令', '一式']
	],
	[
		'检查通知',
		sampleNotice(),
		[
			'安全生产工作文书',
			'安全生产检查通知书',
			'根据《中华人民共和国安全生产法》第九条第二款，示例街道办事处定于2026年11月25日对你单位进行安全生产检查，任务来源：年度监督检查计划（示例）。本次为本年度第2次检查。',
			'检查人员：明远（证号：示例执法0001）、若溪。检查人员到场应当出示证件',
			'有权申请回避',
			'扫码查阅、签收',
			'签发人：秋实',
			'联系人：明远，000-00000000。'
		],
		['责令', '印章）', '行政复议', '行政执法文书', '提交整改']
	],
	[
		'协查单: its QR leads to the verification',
		sampleRequest(),
		[
			'示例区市场监督管理局：',
			'涉及示例街道香满楼餐饮店（个体工商户）（地址：示例街道第一社区示例路18号一层）',
			'扫码核验'
		],
		['签收', '责令', '一式']
	],
	[
		'提示单',
		sampleReminder(),
		['近日气温下降，用气量增加。根据', '本单是安全提示，不是行政执法文书。'],
		['责令', '行政处罚', '逾期']
	],
	[
		'督办卡',
		sampleCard(),
		['示例街道第一社区居民委员会：', '办结期限', '2026年11月28日（含当日）'],
		['签收', '行政处罚']
	],
	[
		'督查意见书',
		sampleSupervisionOpinion(),
		[
			'于2026年11月20日对你单位隐患排查治理情况进行了督查。',
			'请于2026年12月10日（含当日）前将落实情况书面报告'
		],
		['行政处罚', '印章）']
	],
	[
		'隐患线索上报单 C',
		sampleReport(),
		[
			'隐患线索上报单',
			'依据《中华人民共和国安全生产法》第七十五条',
			'不是行政执法文书',
			'建议整改，期限至2026年11月30日'
		],
		['责令', '印章', '行政复议', '应急责改', '检查人员（签名）']
	]
];
/** Of the forms before 2024, and of agencies that no longer exist. */
const outdated = [/人民政府或者/, /三个月/, /3个月/, /安全生产监督管理局/, /安监/, /第六十六条/];

describe(`the wording on paper${needsPoppler}`, () => {
	it.skipIf(!hasPoppler).each(golden)('%s', async (_name, content, sentences, never) => {
		const pdf = await rendered(content);
		const text = textOf(pdf);
		const pages = `共${pdf.pageCount}页第1页`;
		for (const sentence of [pages, ...everyTrack, ...sentences]) expect(text).toContain(sentence);
		for (const word of never) expect(text).not.toContain(word);
		for (const pattern of outdated) expect(text).not.toMatch(pattern);
	});

	it.skipIf(!hasPoppler)(
		'what an inspection yields is signed by hand, for the enterprise to answer',
		async () => {
			const text = textOf(await rendered(sampleOrder('A')));
			expect(text).toContain('扫码查阅、签收、提交整改');
			expect(text).toContain('手写签名图像+完整性校验，非可靠电子签名');
		}
	);

	it.skipIf(!hasPoppler)(
		'a preview has neither number nor hash, and no code that a phone could open',
		async () => {
			const preview = await rendered({ ...sampleReminder(), number: '预览', isPreview: true });
			expect(textOf(preview)).toContain('预览：尚未出具，没有文号，不具效力');
			expect(textOf(preview)).not.toMatch(/记录校验码|〔2026〕/);
			expect(qrOnFirstPage(preview)).toBeUndefined();
		}
	);

	it.skipIf(!hasPoppler)('a refusal names reason and witness, and asks nobody to have signed', async () => {
		const text = textOf(
			await rendered({
				...sampleOrder('B'),
				onSite: {
					outcome: 'refused',
					name: '安然',
					reason: '不认可检查结论。',
					witness: { name: '清和', identity: '社区居民', signature: drawnSignature(5) },
					at: '2026-11-22T15:02:00+08:00'
				}
			})
		);
		expect(text).toContain(
			'被检查单位负责人（签名）：安然拒绝签名。原因：不认可检查结论。检查人员已将情况记录在案。'
		);
		expect(text).toContain('见证人（签名）：');
		expect(text).toContain('清和（社区居民）2026年11月22日');
	});

	it.skipIf(!hasPoppler)('a check that finds nothing says so', async () => {
		const text = textOf(await rendered({ ...sampleRecord('B'), hazards: [], scoring: null }));
		expect(text).toContain('经检查，未发现事故隐患。');
		expect(text).not.toContain('存在隐患');
		expect(text).not.toContain('拟记分');
	});

	it.skipIf(!hasPoppler)('the record of a recheck says what it gives back', async () => {
		const [verdict] = sampleOpinion('B').verdicts.filter(({ passed }) => passed);
		const points = [{ clause: '减免2', text: '按期整改的，减半。', points: -25, waits: false }];
		const content = { ...sampleRecord('B'), hazards: [], verdicts: [{ ...verdict!, points }] };
		const text = textOf(await rendered({ ...content, scoring: { rules: '示例记分办法', points: -25 } }));
		expect(text).toContain('已整改合格。拟记分：减免2“按期整改的，减半”，减0.25分。');
		expect(text).toContain('合计减0.25分');
	});

	it.skipIf(!hasPoppler)('an adopted report is named in the order', async () => {
		const adopts = {
			number: '（示例）隐患报〔2026〕5号',
			reporter: '示例街道第一社区居民委员会',
			reportedOn: '2026-11-21'
		};
		const text = textOf(await rendered({ ...sampleOrder('B'), adopts, onSite: null }));
		expect(text).toContain(
			'示例街道第一社区居民委员会于2026年11月21日上报隐患线索[（示例）隐患报〔2026〕5号]，经本机关检查人员核实采纳。'
		);
	});

	it.skipIf(!hasPoppler)('what a person typed is text, never markup', async () => {
		const name = '#panic("x")*粗*_斜_$x$\\[](){}`码`//注@引用<标签>';
		const content = sampleOrder('B');
		const text = textOf(await rendered({ ...content, enterprise: { ...content.enterprise, name } }));
		expect(text).toContain(`${name}：`);
	});
});

describe(`the QR on the rendered page${needsPoppler}`, () => {
	it.skipIf(!hasPoppler).each(everySample())('%s leads to its delivery', async (_name, content) => {
		const address = content.deliveryUrl ?? content.record.verifyUrl;
		expect(qrOnFirstPage(await rendered(content))).toBe(address);
	});
});

describe('characters', () => {
	const named = (name: string): DocumentContent => {
		const content = sampleOrder('B');
		return { ...content, enterprise: { ...content.enterprise, name } };
	};

	it.skipIf(!hasPoppler)(
		`rare characters of names are drawn and can be selected${needsPoppler}`,
		async () => {
			expect(textOf(await rendered(named('示例䶮𬭊㐂商行谰锨鬲匦')))).toContain('示例䶮𬭊㐂商行谰锨鬲匦：');
		}
	);

	it.skipIf(!hasPoppler)(`only the fonts that were checked are embedded${needsPoppler}`, async () => {
		const list = withFile(await rendered(sampleRecord('A')), (file) =>
			execFileSync('pdffonts', [file]).toString()
		);
		const names = list
			.split('\n')
			.slice(2, -1)
			.map((line) => line.split(' ')[0]!.replace(/^[A-Z]+\+/, ''));
		expect(names.sort()).toEqual(['NotoSerifSC-Bold', 'NotoSerifSC-Regular']);
	});

	it.each([
		['示例☑商行', '☑（U+2611）'],
		['示例😀商行', '😀（U+1F600）'],
		['示例\u0007商行', '\u0007（U+0007）'],
		['示例\uD800商行', '\uFFFD（U+D800）']
	])('a character that no font has is a problem that names it: %j', async (name, got) => {
		expect(await renderer.render(named(name))).toEqual({
			ok: false,
			problem: { code: 'document.glyph_missing', details: { got } }
		});
	});

	it('the templates themselves use no character that the fonts lack', () => {
		const { resolve } = createRequire(import.meta.url);
		const fonts = ['400Regular/NotoSerifSC_400Regular', '700Bold/NotoSerifSC_700Bold'].map((name) =>
			fontCoverage(readFileSync(resolve(`@expo-google-fonts/noto-serif-sc/${name}.ttf`)))
		);
		const templates = new URL('../../../src/lib/document/templates/', import.meta.url);
		const text = readdirSync(templates).map((name) => readFileSync(new URL(name, templates), 'utf8'));
		expect(text.length).toBeGreaterThan(4);
		expect(missingCharacters(text.join('').replace(/[\n\t]/g, ''), fonts)).toEqual([]);
	});
});

describe('bytes', () => {
	it.each(everySample())(
		'%s: the same content is the same file, from any compiler',
		async (_name, content) => {
			const first = await rendered(content);
			const again = await rendered(structuredClone(content));
			const other = await createPdfRenderer().render(content);
			expect(again.sha256).toBe(first.sha256);
			expect(other.ok && other.value.sha256).toBe(first.sha256);
		}
	);

	it('holds no date of its making', async () => {
		const pdf = Buffer.from((await rendered(sampleOrder('A'))).bytes).toString('latin1');
		expect(pdf).not.toMatch(/CreationDate|ModDate/);
	});

	it('one page of an order and two of a record stay light', async () => {
		// A page's size is its distinct characters: about 240 bytes each in this font.
		const order = await rendered(sampleOrder('A'));
		const record = await rendered(sampleRecord('A'));
		expect([order.pageCount, record.pageCount]).toEqual([1, 2]);
		expect(order.bytes.length).toBeLessThan(85_000);
		expect(record.bytes.length).toBeLessThan(100_000);
	});

	it('two documents rendered at once do not see each other', async () => {
		const contents = everySample().map(([, content]) => content);
		const alone: string[] = [];
		for (const content of contents) alone.push((await rendered(content)).sha256);
		const together = await Promise.all(contents.map((content) => rendered(content)));
		expect(together.map(({ sha256 }) => sha256)).toEqual(alone);
	});
});

describe('long content', () => {
	const sixty = Array.from({ length: 60 }, (_, i) => ({
		...gasAlarm,
		number: i + 1,
		deadline: i % 2 ? '2026-11-30' : '2026-12-15',
		description: `第${i + 1}处：${'燃气间未安装可燃气体报警装置，管线穿墙处未封堵，软管超过使用年限。'.repeat(3)}`
	}));

	it.skipIf(!hasPoppler)(
		`sixty hazards fill several numbered pages, and none is lost${needsPoppler}`,
		async () => {
			const content = sampleOrder('A');
			const name = '示例街道'.repeat(40) + '有限公司';
			const pdf = await rendered({ ...content, enterprise: { ...content.enterprise, name }, hazards: sixty });
			expect(pdf.pageCount).toBeGreaterThan(5);
			const text = textOf(pdf);
			expect(text).toContain(`共${pdf.pageCount}页第${pdf.pageCount}页`);
			for (const { number } of sixty) expect(text).toContain(`第${number}处：`);
		}
	);
});

describe('photos', () => {
	const jpeg = Buffer.from(
		'/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAJAAwDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAUG/8QAFhABAQEAAAAAAAAAAAAAAAAAABRh/8QAFQEBAQAAAAAAAAAAAAAAAAAABAb/xAAXEQADAQAAAAAAAAAAAAAAAAAABBVR/9oADAMBAAIRAxEAPwDJV6V6nitgq4Mts6f/2Q==',
		'base64'
	);
	const [good, html] = ['1', '2'].map((digit) => digit.repeat(64)) as [string, string];
	const withPhotos = (...hashes: string[]): DocumentContent => ({
		...sampleOrder('B'),
		photos: hashes.map((sha256, i) => ({
			sha256,
			moment: 'found',
			hazardNumber: i + 1,
			takenAt: '2026-11-22T14:20:00+08:00',
			place: '后厨燃气间'
		}))
	});

	it.skipIf(!hasPoppler)(`each stands in the annex with item, time and place${needsPoppler}`, async () => {
		const pdf = await rendered(withPhotos(good, good, good), new Map([[good, jpeg]]));
		const text = textOf(pdf);
		expect(text).toContain('附：现场照片');
		expect(text).toContain('第3项·检查时·2026-11-2214:20·后厨燃气间');
		const images = withFile(pdf, (file) => execFileSync('pdfimages', ['-list', file]).toString());
		expect(images.split('\n').filter((line) => line.includes('jpeg'))).toHaveLength(3);
	});

	it('one that is not there yet is a problem, not a gap', async () => {
		expect(await renderer.render(withPhotos(good))).toMatchObject({
			ok: false,
			problem: { code: 'evidence.not_found', details: { sha256: good } }
		});
	});

	it('a page of HTML named .jpg is named, and the next document is not hurt', async () => {
		const photos = new Map<string, Uint8Array>([
			[good, jpeg],
			[html, Buffer.from('<!doctype html><title>no picture</title>')]
		]);
		expect(await renderer.render(withPhotos(good, html), photos)).toMatchObject({
			ok: false,
			problem: { code: 'evidence.media_type', details: { sha256: html } }
		});
		expect((await renderer.render(withPhotos(good), photos)).ok).toBe(true);
	});
});
