/** Forms that are open. What was typed there is lost neither by "back" nor by a reload without a question. */
import { onMount } from 'svelte';

type Form = {
  is_changed: () => boolean;
  /** Asks whether it may be lost. A form that stays while the address changes has none. */
  leave?: () => void;
};

const forms: Form[] = [];

/** Called by a form as it begins. */
export function keepUnsaved(form: Form): void {
  onMount(() => {
    forms.push(form);
    return () => forms.splice(forms.indexOf(form), 1);
  });
}

export function isUnsaved(): boolean {
  return forms.some((form) => form.is_changed());
}

/** Lets the newest form ask. False if nothing would be lost. */
export function askUnsaved(): boolean {
  const form = forms.findLast((one) => one.leave && one.is_changed());
  form?.leave?.();
  return form !== undefined;
}
