const MAX_LENGTH = 255;
const PRINTABLE_ASCII = /^[ -~]*$/;

/**
 * Checks the name of a tag and gives it back: 1 to 255 printable ASCII characters.
 *
 * @throws RangeError when it is anything else.
 */
export function tagKey(name: string): string {
  if (name.length === 0 || !isText(name))
    throw new RangeError(
      'tag name must not be empty,no longer than 255 characters and of ascii values between 32 - 126',
    );
  return name;
}

/**
 * Checks the value of a tag and gives it back: at most 255 printable ASCII characters.
 *
 * @throws RangeError when it is anything else.
 */
export function tagValue(value: string): string {
  if (!isText(value))
    throw new RangeError('tag value must not be longer than 255 characters and of ascii values between 32 - 126');
  return value;
}

function isText(text: string): boolean {
  return text.length <= MAX_LENGTH && PRINTABLE_ASCII.test(text);
}
