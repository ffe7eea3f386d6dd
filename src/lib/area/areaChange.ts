import { z } from 'zod';
import type { MultiPolygon } from 'geojson';
import { areaLevels, type AreaLevel } from './areaLevel.ts';

const multiPolygon = z.object({
	type: z.literal('MultiPolygon'),
	coordinates: z.array(z.array(z.array(z.tuple([z.number(), z.number()])).min(4)).min(1)).min(1)
});
const named = {
	name: z.string().trim().min(1).max(60),
	officialCode: z
		.string()
		.trim()
		.regex(/^([0-9]{2,12})?$/)
		.optional(),
	localCode: z.string().trim().max(40).optional()
};

/** One step of a change, as `change_areas` takes it; several are saved together or not at all. */
export const areaStepSchema = z.discriminatedUnion('kind', [
	z.object({
		kind: z.literal('revise'),
		area: z.uuid(),
		...named,
		name: named.name.optional(),
		geometry: multiPolygon.optional()
	}),
	z.object({
		kind: z.literal('add'),
		parent: z.uuid().optional(),
		level: z.enum(areaLevels),
		...named,
		geometry: multiPolygon.optional()
	}),
	z.object({ kind: z.literal('end'), area: z.uuid() })
]);
export type AreaStep = z.infer<typeof areaStepSchema>;

export const areaChangeSchema = z.object({
	steps: z.array(areaStepSchema).min(1).max(200),
	validFrom: z.iso.date(),
	reason: z.string().trim().min(2).max(200),
	/** Mends the version in force instead of beginning a new one. */
	isCorrection: z.boolean()
});
export type AreaChange = z.infer<typeof areaChangeSchema>;

/** So many enterprises go from one community to another. null: in none, they wait in the queue. */
export interface AreaFlow {
	from: string | null;
	to: string | null;
	count: number;
}

/** What a change would do (or did) to enterprises. */
export interface Moves {
	moved: number;
	flows: AreaFlow[];
	/** The first 500. */
	moves: { id: string; name: string; from: string | null; to: string | null }[];
}

interface Part {
	name: string;
	squareMetres: number;
}

export interface ChangedArea {
	id: string;
	name: string;
	isEnded: boolean;
	squareMetres: number | null;
	squareMetresBefore: number;
	/** Members of staff who work in an area that ends. */
	people: number;
	overlaps: Part[];
	/** Ground that belonged to it and belongs to nobody now. */
	gapSquareMetres: number;
	outsideParent: Part | null;
	childrenOutside: Part[];
}

export interface ChangePreview extends Moves {
	areas: ChangedArea[];
	/** Enterprises there by hand, against their position: they stay. */
	keptByHand: number;
	hasFaults: boolean;
	/** Says what was previewed; a save carries it back. */
	digest: string;
	kept: boolean;
}

/** A line of the tree, in the order of scopes: parents before their children. */
export interface AreaNode {
	id: string;
	parentId: string | null;
	scope: string;
	level: AreaLevel;
	name: string;
	officialCode: string | null;
	localCode: string | null;
	validFrom: string;
	/** null: in force. */
	endedOn: string | null;
	hasBoundary: boolean;
	isSample: boolean;
	isAdministered: boolean;
	enterprises: number;
}

export interface AreaVersion {
	id: string;
	name: string;
	officialCode: string | null;
	localCode: string | null;
	validFrom: string;
	validTo: string | null;
	reason: string | null;
	source: string;
	isSample: boolean;
	note: string | null;
	by: string | null;
	geometry: MultiPolygon | null;
}

/** An area with its boundary as exact as it is kept. */
export interface EditableArea {
	id: string;
	scope: string;
	level: AreaLevel;
	name: string;
	isAdministered: boolean;
	geometry: MultiPolygon | null;
}

export interface AreaSurroundings {
	/** Of the level itself, and what lies above and below: one border is often that of several levels. */
	areas: EditableArea[];
	parent: { id: string; name: string; geometry: MultiPolygon | null } | null;
}

/** Depth in the tree below the uppermost that is shown: a scope grows by four digits a level. */
export const depthOf = (scope: string, top: string): number => (scope.length - top.length) / 4;

/** Those above an area, from the uppermost down. */
export const pathTo = <Node extends { scope: string }>(nodes: readonly Node[], scope: string): Node[] =>
	nodes.filter((node) => scope !== node.scope && scope.startsWith(node.scope));
