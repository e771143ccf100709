import { error } from '@sveltejs/kit';
import { loadCourse } from '$lib/course/content.ts';
import type { EntryGenerator, PageServerLoad } from './$types';

const { lessons, chapters } = loadCourse();

export const entries: EntryGenerator = () =>
	[...lessons.values()].map(({ chapter, slug }) => ({ chapter, lesson: slug }));

export const load: PageServerLoad = ({ params }) => {
	const lesson = lessons.get(`${params.chapter}/${params.lesson}`);
	const chapter = chapters.find(({ slug }) => slug === params.chapter);
	if (!lesson || !chapter) error(404, 'There is no such lesson');
	return { lesson, chapterTitle: chapter.title };
};
