import { z } from 'zod';
import type { IsoDate } from '#lib/calendar.ts';

/**
 * 设备报警线索: what a device reported. A reason to go and look, never points: it is no fact, and no scheme may match
 * it (`device.*` is reserved).
 */
export interface DeviceAlarm {
	id: string;
	/** The platform or list it came from. */
	source: string;
	device: string;
	/** In the words of the source, such as 可燃气体报警. */
	kind: string;
	/** An instant. */
	alarmedAt: string;
	note: string | null;
	state: 'new' | 'checked' | 'dismissed';
	recordedBy: string | null;
	/** The check on site that closed it. */
	inspectionId: string | null;
	closedOn: IsoDate | null;
	closedBy: string | null;
	closingReason: string | null;
}

const localMinute = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

export const alarmSchema = z.object({
	id: z.uuid(),
	device: z.string().trim().min(1).max(80),
	kind: z.string().trim().min(1).max(60),
	/** As a form sends it: a minute in Shanghai. */
	alarmedAt: z
		.string()
		.regex(localMinute)
		.transform((minute) => `${minute}+08:00`),
	note: z.string().trim().max(500).default('')
});
export type AlarmForm = z.infer<typeof alarmSchema>;

export const dismissalSchema = z.object({ id: z.uuid(), reason: z.string().trim().min(2).max(500) });
