import type { LabEntry } from './labs.ts';

/** A part of a preview, in its own pixels. Colour follows from what it is, as everywhere. */
type Stroke =
	| { readonly kind: 'area' | 'line' | 'rule'; readonly role: Role; readonly d: string }
	| { readonly kind: 'dots'; readonly role: Role; readonly points: readonly Point[] }
	| { readonly kind: 'crosses'; readonly role: Role; readonly points: readonly Point[] }
	| {
			readonly kind: 'label';
			readonly role: Role;
			readonly at: Point;
			readonly text: string;
			readonly anchor: 'start' | 'middle' | 'end';
	  };
type Role = 'truth' | 'measured' | 'limit' | 'window' | 'plain';
export type Point = readonly [number, number];

/** A lab in one small picture, and in a sentence. */
export interface Preview {
	readonly sentence: string;
	readonly strokes: readonly Stroke[];
}

export const WIDTH = 280;
export const HEIGHT = 132;

/** By the lab's address. */
export type Previews = Readonly<Record<LabEntry['address'], Preview>>;
