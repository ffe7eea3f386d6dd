import { z } from 'zod';
import { instant, isoDate, uuid } from '#lib/inspection/inspection.ts';
import { inspectorSignatureSchema } from './content.ts';

/**
 * 「采纳并出具」: a street inspector takes over a community's report, sets a deadline for each hazard and signs.
 * Its canonical text is a record of its own in the chain; what was found stays in the report's record.
 */
export const adoptionSchema = z.object({
	format: z.literal('mingcha.adoption/1'),
	id: uuid,
	inspectionId: uuid,
	hazards: z
		.array(z.object({ id: uuid, deadline: isoDate }))
		.min(1)
		.max(200),
	inspector: inspectorSignatureSchema,
	at: instant
});
export type Adoption = z.infer<typeof adoptionSchema>;
