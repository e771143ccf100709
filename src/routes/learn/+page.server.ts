import { loadCourse } from '$lib/course/content.ts';

export function load() {
	return { chapters: loadCourse().chapters };
}
