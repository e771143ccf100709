/** What a lesson.md is made of, besides prose. */
export { default as After } from './After.svelte';
export { default as Chart } from './Chart.svelte';
export { default as Explain } from './Explain.svelte';
export { default as Hint } from './Hint.svelte';
export { default as Observe } from './Observe.svelte';
export { default as Option } from './Option.svelte';
export { default as Predict } from './Predict.svelte';
export { default as Quiz } from './Quiz.svelte';
export { default as Task } from './Task.svelte';
export { default as Variant } from './Variant.svelte';
