import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Result } from '#lib/problem.ts';
import type { AreaLevel } from './areaLevel.ts';
import type {
	AreaChange,
	AreaNode,
	AreaSurroundings,
	AreaVersion,
	ChangePreview,
	Moves
} from './areaChange.ts';

export const readAreaTree = async (client: Client): Promise<AreaNode[]> =>
	expectValue<AreaNode[]>(await client.rpc('area_tree'));

/** One area's versions, the newest first; none when it may not be seen. */
export const readAreaHistory = async (client: Client, area: string): Promise<AreaVersion[]> =>
	expectValue<AreaVersion[]>(await client.rpc('area_history', { p_area: area }));

export const readSurroundings = async (
	client: Client,
	parent: string | null,
	level: AreaLevel
): Promise<AreaSurroundings> =>
	expectValue<AreaSurroundings>(
		await client.rpc('area_surroundings', { p_parent: parent as string, p_level: level })
	);

interface Saving {
	/** Of the preview that was read. */
	digest: string;
	/** Overlaps, gaps and parts outside were seen and are meant. */
	acceptsFaults: boolean;
}

/** Tells what a change would do, by doing it and undoing it; with `saving` it stays done. */
export const changeAreas = async (
	client: Client,
	{ steps, validFrom, reason, isCorrection }: AreaChange,
	saving?: Saving
): Promise<Result<ChangePreview>> =>
	readAnswer(
		await client.rpc('change_areas', {
			p_changes: steps as never,
			p_valid_from: validFrom,
			p_reason: reason,
			p_is_correction: isCorrection,
			p_mode: saving ? 'save' : 'preview',
			...(saving && { p_digest: saving.digest, p_accept_faults: saving.acceptsFaults })
		})
	);

export interface Misplaced {
	id: string;
	name: string;
	address: string;
	longitude: number | null;
	latitude: number | null;
	areaId: string | null;
	area: string | null;
	positionAreaId: string | null;
	positionArea: string | null;
}

/** `elsewhere`: the position says another community; `waiting`: in none. 50 a page. */
export const readMisplaced = async (
	client: Client,
	kind: 'elsewhere' | 'waiting',
	page: number
): Promise<Result<{ total: number; rows: Misplaced[] }>> =>
	readAnswer(await client.rpc('misplaced_enterprises', { p_kind: kind, p_page: page }));

export interface Reassignment {
	enterprise: string;
	/** null: where the position says. */
	area: string | null;
	/** What was read; another one meanwhile refuses all. */
	from: string | null;
}

export const reassignEnterprises = async (
	client: Client,
	lines: readonly Reassignment[],
	reason: string
): Promise<Result<Moves>> =>
	readAnswer(await client.rpc('reassign_enterprises', { p_lines: lines as never, p_reason: reason }));
