import { conformance } from '#lib/interop/ogc.ts';
import { answer, faultyParameter } from '../answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => faultyParameter(event) ?? answer(conformance());
