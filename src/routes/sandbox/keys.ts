const TYPING =
	'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"]';
const PRESSABLE =
	'button, a[href], summary, [role="slider"], [role="tab"], [role="radio"], [role="separator"]';

/** Whether a key pressed there is text, or a choice in a control. */
export function isTyping(target: EventTarget | null): boolean {
	return target instanceof Element && target.closest(TYPING) !== null;
}

/** Whether Space pressed there means something already: a character, or the press of a button. */
export function takesSpace(target: EventTarget | null): boolean {
	return isTyping(target) || (target instanceof Element && target.closest(PRESSABLE) !== null);
}
