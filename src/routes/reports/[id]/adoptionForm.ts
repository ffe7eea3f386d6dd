import type { AdoptionRequest } from '#lib/record/adoption.server.ts';

/** Fields of the form: `id`, `take` (an id of a hazard each), `deadline-{id}`, `signature` (strokes as JSON). */
export function readAdoptionForm(form: FormData): Omit<AdoptionRequest, 'inspectionId'> {
	const text = (name: string) => String(form.get(name) ?? '');
	return {
		id: text('id'),
		hazards: form.getAll('take').map((id) => ({ id: String(id), deadline: text(`deadline-${String(id)}`) })),
		signature: readStrokes(text('signature'))
	};
}

/** What is no drawing is refused as a missing signature by the schema of the adoption. */
function readStrokes(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
