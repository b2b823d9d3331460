/**
 * A picture's time as the app writes it in a language: that of the place where it was taken, whose zone nobody minds.
 * The browser is asked, as the words of its data for languages are not those of ours ("오전" there, "AM" here).
 */
const written = (dateStyle) => (page, language, local) =>
  page.evaluate(
    ([language, dateStyle, instant]) => new Intl.DateTimeFormat(language, { timeZone: 'UTC', dateStyle, timeStyle: 'short' }).format(new Date(instant)),
    [language, dateStyle, `${local}Z`],
  );

export const momentName = written('full');
export const shortMomentName = written('medium');
