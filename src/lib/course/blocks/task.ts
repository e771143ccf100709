import { createContext } from 'svelte';
import type { TaskWork } from '../task-work.svelte.ts';

/** The task that a hint belongs to. */
export const [getTask, setTask] = createContext<TaskWork>();
