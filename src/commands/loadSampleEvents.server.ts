import { eventSchema } from '#lib/assessment/event/registeredEvent.ts';
import { registerEvent, withdrawEvent } from '#lib/assessment/event/registeredEvent.server.ts';
import { assessEnterprises } from '#lib/assessment/account/assessment.server.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { putPapers } from '#lib/inspection/evidence.server.ts';
import type { Result } from '#lib/problem.ts';
import { alarmSchema } from '#lib/enterprise/alarm/deviceAlarm.ts';
import { dismissAlarm, recordAlarm } from '#lib/enterprise/alarm/deviceAlarm.server.ts';
import type { SampleAlarm } from './generate/alarms.ts';
import type { SampleEvent } from './generate/events.ts';

/** One page that says what it is. Latin, because a PDF without a font of its own knows no other letters. */
function samplePaper(number: number): File {
	const text = `BT /F1 24 Tf 72 720 Td (SAMPLE ${number}) Tj 0 -36 Td /F1 14 Tf (Fictional paper of the sample street) Tj ET`;
	const objects = [
		'<</Type/Catalog/Pages 2 0 R>>',
		'<</Type/Pages/Kids[3 0 R]/Count 1>>',
		'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
		`<</Length ${text.length}>>stream\n${text}\nendstream`,
		'<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'
	];
	let pdf = '%PDF-1.4\n';
	const offsets = objects.map((object, index) => {
		const at = pdf.length;
		pdf += `${index + 1} 0 obj${object}endobj\n`;
		return `${String(at).padStart(10, '0')} 00000 n \n`;
	});
	const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
	pdf += `${table}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${pdf.length}\n%%EOF\n`;
	return new File([pdf], `sample-${number}.pdf`, { type: 'application/pdf' });
}

const must = <Value>(result: Result<Value>): Value => {
	if (!result.ok) throw new Error(`sample event: got ${JSON.stringify(result.problem)}, expected ok`);
	return result.value;
};

/** Registers the sample's events through the doors that people use, with a paper each. */
export async function loadSampleEvents(
	backend: Backend,
	events: readonly SampleEvent[],
	people: Record<SampleEvent['by'], Client>
): Promise<void> {
	for (const [index, { by, enterpriseId, withdrawnFor, ...event }] of events.entries()) {
		const client = people[by];
		const evidence = must(await putPapers(backend, client, [samplePaper(index + 1)]));
		must(await registerEvent(client, enterpriseId, eventSchema.parse(event), {}, evidence));
		if (withdrawnFor === undefined) continue;
		await assessEnterprises(backend, [enterpriseId], { quiet: true });
		must(await withdrawEvent(client, event.id, withdrawnFor));
	}
}

/** Leads as an inspector enters them; what was a false alarm is dismissed. */
export async function loadSampleAlarms(client: Client, alarms: readonly SampleAlarm[]): Promise<void> {
	for (const { enterpriseId, dismissedFor, ...alarm } of alarms) {
		must(await recordAlarm(client, enterpriseId, alarmSchema.parse(alarm)));
		if (dismissedFor !== undefined) must(await dismissAlarm(client, alarm.id, dismissedFor));
	}
}
