import { expect, test } from 'vitest';
import { describeRrule } from './describe-rrule.ts';

/** A Saturday; the rules were made on the Friday before, at 09:00 in Berlin. */
const now = new Date('2026-11-21T05:00:00Z');
const start = new Date('2026-11-20T08:00:00Z');
const timezone = 'Europe/Berlin';

/** Rule, English, Russian; ¶ is a new line. */
const TABLE = `
# Days
FREQ=DAILY | every day at 09:00 | каждый день в 09:00
FREQ=DAILY;BYHOUR=8;BYMINUTE=0 | every day at 08:00 | каждый день в 08:00
FREQ=DAILY;BYHOUR=8,12,18;BYMINUTE=30 | every day at 08:30, 12:30 and 18:30 | каждый день в 08:30, 12:30 и 18:30
FREQ=DAILY;BYHOUR=8;BYMINUTE=0;BYSECOND=15 | every day at 08:00:15 | каждый день в 08:00:15
FREQ=DAILY;INTERVAL=2 | every 2 days at 09:00, from 20 November 2026 | каждые 2 дня в 09:00, с 20 ноября 2026
FREQ=DAILY;INTERVAL=3;BYHOUR=8 | every 3 days at 08:00, from 23 November 2026 | каждые 3 дня в 08:00, с 23 ноября 2026
FREQ=DAILY;INTERVAL=21 | every 21 days at 09:00, from 20 November 2026 | раз в 21 день в 09:00, с 20 ноября 2026
FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR | every weekday at 09:00 | по будням в 09:00
FREQ=DAILY;BYDAY=SA,SU | every weekend day at 09:00 | по выходным в 09:00
FREQ=DAILY;BYMONTH=6,7,8 | every day from June to August at 09:00 | каждый день с июня по август в 09:00
FREQ=DAILY;BYMONTH=12;BYMONTHDAY=24,25 | every year on 24 and 25 December at 09:00 | каждый год 24 и 25 декабря в 09:00
FREQ=DAILY;BYMONTHDAY=13;BYDAY=FR | on the 13th of every month if it is a Friday, at 09:00 | 13 числа каждого месяца, если это пятница, в 09:00
FREQ=DAILY;INTERVAL=2;BYDAY=MO,WE | every 2 days at 09:00, only on Mondays and Wednesdays, from 30 November 2026 | каждые 2 дня в 09:00, только по понедельникам и средам, с 30 ноября 2026
FREQ=DAILY;INTERVAL=3;BYMONTH=1 | every 3 days at 09:00, only in January, from 1 January 2027 | каждые 3 дня в 09:00, только в январе, с 1 января 2027
FREQ=DAILY;INTERVAL=2;BYMONTHDAY=1,15,-1 | every 2 days at 09:00, only on the 1st, 15th and the last day of the month, from 30 November 2026 | каждые 2 дня в 09:00, только 1 и 15 числа и в последний день месяца, с 30 ноября 2026
FREQ=DAILY;BYHOUR=8,12,18;BYSETPOS=2 | every day at 08:00, 12:00 and 18:00, but only the second time each day | каждый день в 08:00, 12:00 и 18:00, но только второй раз за день
FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17 | every hour from 09:00 to 17:00 | каждый час с 09:00 до 17:00
FREQ=DAILY;BYHOUR=22,23,0,1,2 | every hour from 22:00 to 02:00 | каждый час с 22:00 до 02:00
FREQ=DAILY;BYHOUR=9,10,11;BYMINUTE=0,15,30,45 | every 15 minutes from 09:00 to 11:45 | каждые 15 минут с 09:00 до 11:45

# Weeks
FREQ=WEEKLY | every Friday at 09:00 | по пятницам в 09:00
FREQ=WEEKLY;BYDAY=MO | every Monday at 09:00 | по понедельникам в 09:00
FREQ=WEEKLY;BYDAY=MO,TH | every Monday and Thursday at 09:00 | по понедельникам и четвергам в 09:00
FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | every weekday at 09:00 | по будням в 09:00
FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU | every day at 09:00 | каждый день в 09:00
FREQ=WEEKLY;BYDAY=TU,WE,TH,FR,SA | every day from Tuesday to Saturday at 09:00 | каждый день со вторника по субботу в 09:00
FREQ=WEEKLY;INTERVAL=2;BYDAY=FR | every second Friday at 09:00, from 20 November 2026 | каждую вторую пятницу в 09:00, с 20 ноября 2026
FREQ=WEEKLY;INTERVAL=2;BYDAY=TU | every second Tuesday at 09:00, from 1 December 2026 | каждый второй вторник в 09:00, с 1 декабря 2026
FREQ=WEEKLY;INTERVAL=2;BYDAY=SU | every second Sunday at 09:00, from 22 November 2026 | каждое второе воскресенье в 09:00, с 22 ноября 2026
FREQ=WEEKLY;INTERVAL=2 | every second Friday at 09:00, from 20 November 2026 | каждую вторую пятницу в 09:00, с 20 ноября 2026
FREQ=WEEKLY;INTERVAL=3;BYDAY=MO | every 3 weeks on Monday at 09:00, from 7 December 2026 | каждые 3 недели по понедельникам в 09:00, с 7 декабря 2026
FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR | on Monday and Friday of every second week at 09:00, from 20 November 2026 | каждую вторую неделю по понедельникам и пятницам в 09:00, с 20 ноября 2026
FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR | on weekdays of every second week at 09:00, from 20 November 2026 | каждую вторую неделю по будням в 09:00, с 20 ноября 2026
FREQ=WEEKLY;INTERVAL=4;BYDAY=SA,SU | on Saturday and Sunday of every fourth week at 09:00, weeks beginning on Monday, from 21 November 2026 | каждую четвёртую неделю по выходным в 09:00, недели начинаются с понедельника, с 21 ноября 2026
FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR,SA,SU | every day of every second week at 09:00, weeks beginning on Monday, from 20 November 2026 | каждую вторую неделю, каждый день, в 09:00, недели начинаются с понедельника, с 20 ноября 2026
FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU | on Tuesday and Sunday of every second week at 09:00, weeks beginning on Monday, from 22 November 2026 | каждую вторую неделю по вторникам и воскресеньям в 09:00, недели начинаются с понедельника, с 22 ноября 2026
FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU | on Tuesday and Sunday of every second week at 09:00, weeks beginning on Sunday, from 29 November 2026 | каждую вторую неделю по вторникам и воскресеньям в 09:00, недели начинаются с воскресенья, с 29 ноября 2026
FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,TH | on Tuesday and Thursday of every second week at 09:00, from 1 December 2026 | каждую вторую неделю по вторникам и четвергам в 09:00, с 1 декабря 2026
FREQ=WEEKLY;BYDAY=MO;BYMONTH=6 | every Monday in June at 09:00 | по понедельникам в июне в 09:00
FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;BYMONTH=6,7 | every second Monday at 09:00, only in June and July, from 14 June 2027 | каждый второй понедельник в 09:00, только в июне и июле, с 14 июня 2027
FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=9,18 | every Monday and Wednesday at 09:00 and 18:00 | по понедельникам и средам в 09:00 и 18:00
FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1 | every Monday, Wednesday and Friday at 09:00, but only the first time each week | по понедельникам, средам и пятницам в 09:00, но только первый раз за неделю
FREQ=WEEKLY;BYDAY=MO,SU;WKST=SU;BYSETPOS=1 | every Monday and Sunday at 09:00, but only the first time each week, weeks beginning on Sunday | по понедельникам и воскресеньям в 09:00, но только первый раз за неделю, недели начинаются с воскресенья
FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9,10,11,12;BYMINUTE=0,30 | every 30 minutes from 09:00 to 12:30, every second Friday, from 20 November 2026 | каждые 30 минут с 09:00 до 12:30, каждую вторую пятницу, с 20 ноября 2026

# Months
FREQ=MONTHLY | on the 20th of every month at 09:00 | 20 числа каждого месяца в 09:00
FREQ=MONTHLY;BYMONTHDAY=2,16 | on the 2nd and 16th of every month at 09:00 | 2 и 16 числа каждого месяца в 09:00
FREQ=MONTHLY;BYMONTHDAY=31 | on the 31st of every month that has one, at 09:00 | 31 числа каждого месяца, где оно есть, в 09:00
FREQ=MONTHLY;BYMONTHDAY=-1 | on the last day of every month at 09:00 | в последний день каждого месяца в 09:00
FREQ=MONTHLY;BYMONTHDAY=-2 | on the second-to-last day of every month at 09:00 | в предпоследний день каждого месяца в 09:00
FREQ=MONTHLY;BYMONTHDAY=-3 | on the third-to-last day of every month at 09:00 | в третий с конца день каждого месяца в 09:00
FREQ=MONTHLY;BYMONTHDAY=1,-1 | on the 1st and the last day of every month at 09:00 | 1 числа и в последний день каждого месяца в 09:00
FREQ=MONTHLY;BYMONTHDAY=-1,-2,-3 | on each of the last 3 days of every month at 09:00 | в каждый из последних 3 дней каждого месяца в 09:00
FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5 | every day from the 1st to the 5th of every month at 09:00 | каждый день с 1 по 5 число каждого месяца в 09:00
FREQ=MONTHLY;BYDAY=2TU | on the second Tuesday of every month at 09:00 | во второй вторник каждого месяца в 09:00
FREQ=MONTHLY;BYDAY=-1FR | on the last Friday of every month at 09:00 | в последнюю пятницу каждого месяца в 09:00
FREQ=MONTHLY;BYDAY=1MO,3MO | on the first and third Monday of every month at 09:00 | в первый и третий понедельник каждого месяца в 09:00
FREQ=MONTHLY;BYDAY=1MO,-1FR | on the first Monday and the last Friday of every month at 09:00 | в первый понедельник и в последнюю пятницу каждого месяца в 09:00
FREQ=MONTHLY;BYDAY=-2SU | on the second-to-last Sunday of every month at 09:00 | в предпоследнее воскресенье каждого месяца в 09:00
FREQ=MONTHLY;BYDAY=MO | every Monday at 09:00 | по понедельникам в 09:00
FREQ=MONTHLY;BYDAY=MO,1FR | on the first Friday of every month and every Monday, at 09:00 | в первую пятницу каждого месяца и по понедельникам, в 09:00
FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13 | on the 13th of every month if it is a Friday, at 09:00 | 13 числа каждого месяца, если это пятница, в 09:00
FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13 | from the 7th to the 13th of every month if it is a Saturday, at 09:00 | с 7 по 13 число каждого месяца, если это суббота, в 09:00
FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 | on the last working day (Mon–Fri) of every month at 09:00 | в последний рабочий день (пн–пт) каждого месяца в 09:00
FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1 | on the first working day (Mon–Fri) of every month at 09:00 | в первый рабочий день (пн–пт) каждого месяца в 09:00
FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2 | on the second-to-last working day (Mon–Fri) of every month at 09:00 | в предпоследний рабочий день (пн–пт) каждого месяца в 09:00
FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1 | on the first weekend day of every month at 09:00 | в первый выходной каждого месяца в 09:00
FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3 | on the third Tuesday, Wednesday or Thursday of every month at 09:00 | в третий вторник, среду или четверг каждого месяца в 09:00
FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-3 | on the third-to-last day of every month at 09:00 | в третий с конца день каждого месяца в 09:00
FREQ=MONTHLY;BYMONTHDAY=13,14,15;BYSETPOS=1 | every day from the 13th to the 15th of every month at 09:00, but only the first time each month | каждый день с 13 по 15 число каждого месяца в 09:00, но только первый раз за месяц
FREQ=MONTHLY;BYDAY=MO,FR;BYHOUR=9,18;BYSETPOS=1,-1 | every Monday and Friday at 09:00 and 18:00, but only the first and last time each month | по понедельникам и пятницам в 09:00 и 18:00, но только первый и последний раз за месяц
FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=1 | every year on 1 January, 1 April, 1 July and 1 October at 09:00 | каждый год 1 января, 1 апреля, 1 июля и 1 октября в 09:00
FREQ=MONTHLY;BYMONTH=11,12,1,2;BYDAY=1MO | on the first Monday of every month from November to February at 09:00 | в первый понедельник каждого месяца с ноября по февраль в 09:00
FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15 | every 3 months on the 15th at 09:00, from 15 February 2027 | каждые 3 месяца 15 числа в 09:00, с 15 февраля 2027
FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31 | every 2 months on the 31st if there is one, at 09:00, from 31 January 2027 | каждые 2 месяца 31 числа, если оно есть, в 09:00, с 31 января 2027
FREQ=MONTHLY;INTERVAL=6;BYDAY=-1FR | every 6 months on the last Friday at 09:00, from 27 November 2026 | каждые 6 месяцев в последнюю пятницу в 09:00, с 27 ноября 2026
FREQ=MONTHLY;INTERVAL=2;BYDAY=MO | in every second month, every Monday, at 09:00, from 23 November 2026 | каждый второй месяц, по понедельникам, в 09:00, с 23 ноября 2026
FREQ=MONTHLY;INTERVAL=2;BYDAY=FR;BYMONTHDAY=13 | every 2 months on the 13th if it is a Friday, at 09:00, from 13 July 2029 | каждые 2 месяца 13 числа, если это пятница, в 09:00, с 13 июля 2029
FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15;BYMONTH=6,7 | every 2 months on the 15th at 09:00, only in June and July, from 15 July 2027 | каждые 2 месяца 15 числа в 09:00, только в июне и июле, с 15 июля 2027
FREQ=MONTHLY;INTERVAL=18 | every 18 months on the 20th at 09:00, from 20 November 2026 | каждые 18 месяцев 20 числа в 09:00, с 20 ноября 2026

# Years
FREQ=YEARLY | every year on 20 November at 09:00 | каждый год 20 ноября в 09:00
FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5 | every year on 5 December at 09:00 | каждый год 5 декабря в 09:00
FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29 | every year on 29 February at 09:00 | каждый год 29 февраля в 09:00
FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1 | every year on 1 January and 1 July at 09:00 | каждый год 1 января и 1 июля в 09:00
FREQ=YEARLY;BYMONTH=3 | every year on 20 March at 09:00 | каждый год 20 марта в 09:00
FREQ=YEARLY;BYMONTHDAY=15 | on the 15th of every month at 09:00 | 15 числа каждого месяца в 09:00
FREQ=YEARLY;BYDAY=MO | every Monday at 09:00 | по понедельникам в 09:00
FREQ=YEARLY;BYDAY=20MO | on the 20th Monday of every year at 09:00 | в 20-й понедельник каждого года в 09:00
FREQ=YEARLY;BYDAY=1MO,-1MO | on the first and last Monday of every year at 09:00 | в первый и последний понедельник каждого года в 09:00
FREQ=YEARLY;BYMONTH=11;BYDAY=4TH | every year on the fourth Thursday of November at 09:00 | каждый год в четвёртый четверг ноября в 09:00
FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU | on the last Sunday of March and October at 09:00 | в последнее воскресенье марта и октября в 09:00
FREQ=YEARLY;BYMONTH=6,7,8;BYDAY=TH | every Thursday from June to August at 09:00 | по четвергам с июня по август в 09:00
FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8 | every year from the 2nd to the 8th of November if it is a Tuesday, at 09:00 | каждый год со 2 по 8 число ноября, если это вторник, в 09:00
FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8 | every 4 years from the 2nd to the 8th of November if it is a Tuesday, at 09:00, from 5 November 2030 | каждые 4 года со 2 по 8 число ноября, если это вторник, в 09:00, с 5 ноября 2030
FREQ=YEARLY;INTERVAL=2 | every 2 years on 20 November at 09:00, from 20 November 2026 | каждые 2 года 20 ноября в 09:00, с 20 ноября 2026
DTSTART:20240229T090000¶RRULE:FREQ=YEARLY;INTERVAL=4 | every 4 years on 29 February at 09:00, from 29 February 2024 | каждые 4 года 29 февраля в 09:00, с 29 февраля 2024
FREQ=YEARLY;INTERVAL=5;BYMONTH=6;BYDAY=1MO | every 5 years on the first Monday of June at 09:00, from 2 June 2031 | каждые 5 лет в первый понедельник июня в 09:00, со 2 июня 2031
FREQ=YEARLY;INTERVAL=2;BYMONTH=6;BYDAY=MO | in every second year, every Monday in June, at 09:00, from 5 June 2028 | каждый второй год, по понедельникам в июне, в 09:00, с 5 июня 2028
FREQ=YEARLY;BYYEARDAY=100 | on the 100th day of every year at 09:00 | в 100-й день каждого года в 09:00
FREQ=YEARLY;BYYEARDAY=1,-1 | on the 1st day and the last day of every year at 09:00 | в 1-й день и в последний день каждого года в 09:00
FREQ=YEARLY;BYYEARDAY=1,100,200 | on the 1st, 100th and 200th day of every year at 09:00 | в 1-й, 100-й и 200-й день каждого года в 09:00
FREQ=YEARLY;INTERVAL=3;BYYEARDAY=1,100,200 | every 3 years on the 1st, 100th and 200th day of the year at 09:00, from 1 January 2029 | каждые 3 года в 1-й, 100-й и 200-й день года в 09:00, с 1 января 2029
FREQ=YEARLY;BYYEARDAY=-1,-2,-3 | on each of the last 3 days of every year at 09:00 | в каждый из последних 3 дней каждого года в 09:00
FREQ=YEARLY;BYYEARDAY=256;BYDAY=MO,TU,WE,TH,FR | on the 256th day of every year at 09:00, only on weekdays | в 256-й день каждого года в 09:00, только по будням
FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO | every year on Monday of week 20 at 09:00 | каждый год в понедельник 20-й недели года в 09:00
FREQ=YEARLY;BYWEEKNO=20 | every year on every day of week 20 at 09:00 | каждый год во все дни 20-й недели года в 09:00
FREQ=YEARLY;BYWEEKNO=1,-1;BYDAY=MO,FR | every year on Monday and Friday of week 1 and the last week of the year at 09:00 | каждый год в понедельник и в пятницу 1-й и последней недели года в 09:00
FREQ=YEARLY;INTERVAL=2;BYWEEKNO=30;BYDAY=WE | every 2 years on Wednesday of week 30 at 09:00, from 26 July 2028 | каждые 2 года в среду 30-й недели года в 09:00, с 26 июля 2028
FREQ=YEARLY;BYWEEKNO=20;BYDAY=SU;WKST=SU | every year on Sunday of week 20 at 09:00, weeks beginning on Sunday | каждый год в воскресенье 20-й недели года в 09:00, недели начинаются с воскресенья
FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 | on the last working day (Mon–Fri) of every year at 09:00 | в последний рабочий день (пн–пт) каждого года в 09:00
FREQ=YEARLY;BYMONTH=12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 | every year on the last working day (Mon–Fri) of December at 09:00 | каждый год в последний рабочий день (пн–пт) декабря в 09:00
FREQ=YEARLY;BYMONTH=6,7;BYDAY=MO;BYSETPOS=1 | every Monday in June and July at 09:00, but only the first time each year | по понедельникам в июне и июле в 09:00, но только первый раз за год

# Hours, minutes and seconds
FREQ=HOURLY | every hour | каждый час
FREQ=HOURLY;BYMINUTE=30 | at minute 30 of every hour | в 30 минут каждого часа
FREQ=HOURLY;BYMINUTE=0,30 | every 30 minutes | каждые 30 минут
FREQ=HOURLY;BYHOUR=9,10,11,12;BYMINUTE=0 | every hour from 09:00 to 12:00 | каждый час с 09:00 до 12:00
FREQ=HOURLY;BYDAY=MO | every hour, every Monday | каждый час, по понедельникам
FREQ=HOURLY;INTERVAL=2 | every 2 hours, starting at 09:00 on 20 November 2026 | каждые 2 часа, начиная с 09:00 20 ноября 2026
FREQ=HOURLY;INTERVAL=5;BYMINUTE=0,30 | every 5 hours, at minutes 0 and 30 of the hour, starting at 09:00 on 20 November 2026 | каждые 5 часов, в 0 и 30 минут часа, начиная с 09:00 20 ноября 2026
FREQ=HOURLY;INTERVAL=5;BYHOUR=8,9,10,11,12 | every 5 hours, only from 08:00 to 12:59, starting at 09:00 on 20 November 2026 | каждые 5 часов, только с 08:00 до 12:59, начиная с 09:00 20 ноября 2026
FREQ=HOURLY;INTERVAL=3;BYDAY=SA,SU | every 3 hours, only on weekend days, starting at 00:00 on 21 November 2026 | каждые 3 часа, только по выходным, начиная с 00:00 21 ноября 2026
FREQ=HOURLY;INTERVAL=36 | every 36 hours, starting at 09:00 on 20 November 2026 | каждые 36 часов, начиная с 09:00 20 ноября 2026
FREQ=MINUTELY | every minute | каждую минуту
FREQ=MINUTELY;BYMINUTE=0,20,40 | every 20 minutes | каждые 20 минут
FREQ=MINUTELY;INTERVAL=25 | every 25 minutes, starting at 09:00 on 20 November 2026 | каждые 25 минут, начиная с 09:00 20 ноября 2026
FREQ=MINUTELY;INTERVAL=90 | every 90 minutes, starting at 09:00 on 20 November 2026 | каждые 90 минут, начиная с 09:00 20 ноября 2026
FREQ=MINUTELY;INTERVAL=21 | every 21 minutes, starting at 09:00 on 20 November 2026 | раз в 21 минуту, начиная с 09:00 20 ноября 2026
FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16 | every 20 minutes, only from 09:00 to 16:59, starting at 09:00 on 20 November 2026 | каждые 20 минут, только с 09:00 до 16:59, начиная с 09:00 20 ноября 2026
FREQ=MINUTELY;INTERVAL=25;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8,9,12 | every 25 minutes, only on weekdays and only in the hours that begin at 08:00, 09:00 and 12:00, starting at 09:00 on 20 November 2026 | каждые 25 минут, только по будням и только в течение часов, начинающихся в 08:00, 09:00 и 12:00, начиная с 09:00 20 ноября 2026
FREQ=MINUTELY;INTERVAL=7;BYMINUTE=0,30 | every 7 minutes, only at minutes 0 and 30 of every hour, starting at 09:00 on 20 November 2026 | каждые 7 минут, только в 0 и 30 минут каждого часа, начиная с 09:00 20 ноября 2026
FREQ=MINUTELY;INTERVAL=10;BYHOUR=22,23,0,1 | every 10 minutes, only from 22:00 to 01:59, starting at 22:00 on 20 November 2026 | каждые 10 минут, только с 22:00 до 01:59, начиная с 22:00 20 ноября 2026
FREQ=MINUTELY;INTERVAL=5;BYSECOND=0,30 | every 5 minutes, at seconds 0 and 30 of the minute, starting at 09:00 on 20 November 2026 | каждые 5 минут, в 0 и 30 секунд минуты, начиная с 09:00 20 ноября 2026
FREQ=SECONDLY;INTERVAL=90 | every 90 seconds, starting at 09:00 on 20 November 2026 | каждые 90 секунд, начиная с 09:00 20 ноября 2026
FREQ=SECONDLY;INTERVAL=90;BYHOUR=9 | every 90 seconds, only from 09:00 to 09:59:59, starting at 09:00 on 20 November 2026 | каждые 90 секунд, только с 09:00 до 09:59:59, начиная с 09:00 20 ноября 2026
FREQ=HOURLY;BYMINUTE=0,20,40;BYSETPOS=-1 | every 20 minutes, but only the last time each hour | каждые 20 минут, но только последний раз за час

# Bounds
FREQ=DAILY;COUNT=10 | every day at 09:00, from 20 November 2026, 10 times | каждый день в 09:00, с 20 ноября 2026, 10 раз
FREQ=DAILY;COUNT=3;BYHOUR=8 | every day at 08:00, from 21 November 2026, 3 times | каждый день в 08:00, с 21 ноября 2026, 3 раза
FREQ=DAILY;COUNT=2 | every day at 09:00, from 20 November 2026, twice | каждый день в 09:00, с 20 ноября 2026, 2 раза
FREQ=DAILY;COUNT=21 | every day at 09:00, from 20 November 2026, 21 times | каждый день в 09:00, с 20 ноября 2026, 21 раз
FREQ=WEEKLY;BYDAY=MO;COUNT=1 | once, on 23 November 2026 at 09:00 | один раз, 23 ноября 2026 в 09:00
FREQ=DAILY;UNTIL=20261205 | every day at 09:00, until 5 December 2026 | каждый день в 09:00, до 5 декабря 2026 включительно
FREQ=DAILY;UNTIL=20261205T080000Z | every day at 09:00, until 5 December 2026 | каждый день в 09:00, до 5 декабря 2026 включительно
FREQ=DAILY;UNTIL=20261205T075959Z | every day at 09:00, until 4 December 2026 | каждый день в 09:00, до 4 декабря 2026 включительно
FREQ=DAILY;BYHOUR=9,18;UNTIL=20261205T120000 | every day at 09:00 and 18:00, until 12:00 on 5 December 2026 | каждый день в 09:00 и 18:00, до 12:00 5 декабря 2026 включительно
FREQ=HOURLY;INTERVAL=2;UNTIL=20261205T120000 | every 2 hours, starting at 09:00 on 20 November 2026 until 12:00 on 5 December 2026 | каждые 2 часа, начиная с 09:00 20 ноября 2026 до 12:00 5 декабря 2026 включительно
FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;UNTIL=20270301 | every second Friday at 09:00, from 20 November 2026 until 1 March 2027 | каждую вторую пятницу в 09:00, с 20 ноября 2026 по 1 марта 2027
DTSTART:20261127T090000¶RRULE:FREQ=WEEKLY;INTERVAL=2 | every second Friday at 09:00, from 27 November 2026 | каждую вторую пятницу в 09:00, с 27 ноября 2026
DTSTART:20261201T090000¶RRULE:FREQ=DAILY | every day at 09:00, from 1 December 2026 | каждый день в 09:00, с 1 декабря 2026
DTSTART:20261201T140000¶RRULE:FREQ=DAILY;BYHOUR=9,18 | every day at 09:00 and 18:00, starting at 18:00 on 1 December 2026 | каждый день в 09:00 и 18:00, начиная с 18:00 1 декабря 2026
DTSTART:20261201T090000Z¶RRULE:FREQ=DAILY | every day at 10:00, from 1 December 2026 | каждый день в 10:00, с 1 декабря 2026
DTSTART;VALUE=DATE:20261201¶RRULE:FREQ=MONTHLY | on the 1st of every month at 00:00, from 1 December 2026 | 1 числа каждого месяца в 00:00, с 1 декабря 2026
DTSTART;TZID=America/New_York:20261127T090000¶RRULE:FREQ=WEEKLY;INTERVAL=2 | every second Friday at 09:00, from 27 November 2026 (time in America/New_York) | каждую вторую пятницу в 09:00, с 27 ноября 2026 (время America/New_York)
DTSTART:20250131T090000¶RRULE:FREQ=MONTHLY | on the 31st of every month that has one, at 09:00 | 31 числа каждого месяца, где оно есть, в 09:00
DTSTART:20250101T090000¶RRULE:FREQ=DAILY¶EXDATE;VALUE=DATE:20261224,20261225 | every day at 09:00, except on 24 and 25 December 2026 | каждый день в 09:00, кроме 24 и 25 декабря 2026
DTSTART:20250101T090000¶RRULE:FREQ=DAILY¶EXDATE:20261224T090000,20261225T090000,20270101T090000 | every day at 09:00, except on 24 and 25 December 2026 and on 1 January 2027 | каждый день в 09:00, кроме 24 и 25 декабря 2026 и 1 января 2027
DTSTART:20250101T090000¶RRULE:FREQ=DAILY¶EXDATE:20250224T090000,20261225T100000 | every day at 09:00 | каждый день в 09:00
DTSTART:20250101T090000¶RRULE:FREQ=DAILY;BYHOUR=9,18¶EXDATE:20261224T180000 | every day at 09:00 and 18:00, except on 24 December 2026 at 18:00 | каждый день в 09:00 и 18:00, кроме 24 декабря 2026 в 18:00
DTSTART:20250101T090000¶RRULE:FREQ=DAILY¶RDATE:20261226T150000,20261226T180000 | every day at 09:00, also on 26 December 2026 at 15:00 and 18:00 | каждый день в 09:00, а также 26 декабря 2026 в 15:00 и 18:00
DTSTART:20250101T090000¶RRULE:FREQ=DAILY;BYDAY=MO¶EXDATE:20261228T090000¶RDATE:20261229T090000 | every Monday at 09:00, except on 28 December 2026, also on 29 December 2026 at 09:00 | по понедельникам в 09:00, кроме 28 декабря 2026, а также 29 декабря 2026 в 09:00
DTSTART:20261201T090000¶RRULE:FREQ=DAILY;COUNT=5¶EXDATE;VALUE=DATE:20261203 | every day at 09:00, from 1 December 2026, 5 times, except on 3 December 2026 | каждый день в 09:00, с 1 декабря 2026, 5 раз, кроме 3 декабря 2026
DTSTART:20261202T090000¶RRULE:FREQ=DAILY;UNTIL=20261231 | every day at 09:00, from 2 December 2026 until 31 December 2026 | каждый день в 09:00, со 2 декабря 2026 по 31 декабря 2026
FREQ=YEARLY;BYYEARDAY=2,3 | on the 2nd and 3rd day of every year at 09:00 | во 2-й и 3-й день каждого года в 09:00
FREQ=MINUTELY;INTERVAL=25;BYHOUR=8;BYMINUTE=0,25,50 | every 25 minutes, only at 08:00, 08:25 and 08:50, starting at 08:00 on 24 November 2026 | каждые 25 минут, только в 08:00, 08:25 и 08:50, начиная с 08:00 24 ноября 2026
`;

const rows = TABLE.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

test.each(rows.map((row) => row.split(' | ')))('%s', (text = '', english, russian) => {
  const rule = { rrule: text.replaceAll('¶', '\n'), start, timezone };
  expect(describeRrule(rule, 'en', now)).toBe(english);
  expect(describeRrule(rule, 'ru', now)).toBe(russian);
});

test('a rule of later says from when on, in its zone', () => {
  const rule = { rrule: 'FREQ=DAILY', start: new Date('2026-12-01T23:30:00Z'), timezone };
  expect(describeRrule(rule, 'en', now)).toBe('every day at 00:30, from 2 December 2026');
  expect(describeRrule(rule, 'ru', now)).toBe('каждый день в 00:30, со 2 декабря 2026');
});

test('what is no rule is refused', () => {
  expect(() => describeRrule({ rrule: 'FREQ=OFTEN', start, timezone }, 'en', now)).toThrow(/FREQ/);
});
