import type { Doubt } from './meaning.ts';
import type { Language } from './result.ts';

/** What we ask when a text's time isn't sure, with an example of an answer we would understand. */
const QUESTIONS: Record<Language, Record<Doubt, string>> = {
  en: {
    vague: 'When exactly? For example “in 20 minutes”, “tomorrow at 9” or “every Monday at 9”.',
    gone: 'That is in the past. When should it be? For example “tomorrow at 9”.',
    past: 'That time has already passed. When should it be instead? For example “tomorrow at 9”.',
    which_day:
      'On which day, and at what time? For example “on Friday at 10” or “every month on the 1st at 9”.',
    which_time: 'At what time? For example “today at 18:30”.',
    half_of_day: 'In the morning or in the afternoon? For example “at 5 am” or “at 17:00”.',
    midnight:
      'The midnight that begins the day, or the one that ends it? For example “tomorrow at 00:00” or “tomorrow at 23:59”.',
    impossible_date: 'There is no such date. Which day do you mean?',
    ambiguous_date: 'Which of the two numbers is the month? For example “5 December”.',
    conflict: 'I found times that don’t fit together. When exactly? For example “on Friday at 10”.',
    limit: 'That is a limit, not a time. At what time exactly? For example “on Friday at 10”.',
    zone: 'I read times in your own time zone. What is it there? For example “tomorrow at 9”.',
    several_times:
      'That is more than one time, and one reminder has one. Which one first? For example “tomorrow at 9”.',
    too_often: 'Reminders come at most once a minute. How often should it be? For example “every 5 minutes”.',
    uneven:
      'I can’t repeat it exactly like that. Which rule fits instead? For example “every 30 minutes”, “every day at 9”, “every second Friday at 10” or “every month on the 1st at 9”.',
    how_often: 'At which times? For example “every day at 9 and 18”.',
    nth_of_what:
      'Counted through the weeks, or in each month? For example “every 3 weeks on Friday at 9” or “every third Friday of the month at 9”.',
    leftover:
      'I’m not sure I understood the time. When exactly? For example “tomorrow at 9” or “every Monday at 9”; put words that only belong to the text in quotes.',
  },
  ru: {
    vague: 'Когда именно? Например: «через 20 минут», «завтра в 9» или «каждый понедельник в 9».',
    gone: 'Это уже в прошлом. Когда напомнить? Например: «завтра в 9».',
    past: 'Это время уже прошло. Когда вместо него? Например: «завтра в 9».',
    which_day: 'В какой день и во сколько? Например: «в пятницу в 10» или «1 числа каждого месяца в 9».',
    which_time: 'Во сколько? Например: «сегодня в 18:30».',
    half_of_day: 'Утром или днём? Например: «в 5 утра» или «в 17:00».',
    midnight: 'Полночь в начале этого дня или в конце? Например: «завтра в 00:00» или «завтра в 23:59».',
    impossible_date: 'Такой даты нет. Какой день имеется в виду?',
    ambiguous_date: 'Какое из двух чисел месяц? Например: «5 декабря».',
    conflict: 'Эти указания времени не сходятся. Когда именно? Например: «в пятницу в 10».',
    limit: 'Это срок, а не время. Во сколько именно? Например: «в пятницу в 10».',
    zone: 'Время я понимаю в вашем часовом поясе. Какое оно там? Например: «завтра в 9».',
    several_times: 'Это несколько разных времён, а у напоминания одно. Какое первое? Например: «завтра в 9».',
    too_often: 'Напоминания приходят не чаще раза в минуту. Как часто? Например: «каждые 5 минут».',
    uneven:
      'Точно так повторять не получится. Какое правило подойдёт? Например: «каждые 30 минут», «каждый день в 9», «каждую вторую пятницу в 10» или «1 числа каждого месяца в 9».',
    how_often: 'В какое время? Например: «каждый день в 9 и 18».',
    nth_of_what:
      'Считая по неделям или в каждом месяце? Например: «каждые 3 недели в пятницу в 9» или «в третью пятницу каждого месяца в 9».',
    leftover:
      'Не уверен, что понял время. Когда именно? Например: «завтра в 9» или «каждый понедельник в 9»; слова, которые относятся только к тексту, можно взять в кавычки.',
  },
};

export function question(doubt: Doubt, language: Language): string {
  return QUESTIONS[language][doubt];
}
