import { proveLessons } from './prove-lessons.ts';

proveLessons('queries');
