import { proveLessons } from './prove-lessons.ts';

proveLessons('configs');
