/** If set, a folder for screenshots, to be checked by eye. */
export const SCREENSHOTS = process.env.PICTURES_DIR;

const LOCALES = { en: 'en-GB', zh: 'zh-CN' } as const;

/**
 * Each language and each theme once: a theme's colours do not depend on the language.
 * For screenshots every language in every theme.
 */
export const APPEARANCES = (['en', 'zh'] as const)
  .flatMap((language) =>
    (['light', 'dark'] as const).map((theme) => ({ language, theme, locale: LOCALES[language] })),
  )
  .filter(({ language, theme }) => SCREENSHOTS || (language === 'en') === (theme === 'light'));
