import { expect, test } from 'vitest';
import { describeCron } from './describe-cron.ts';

/** Expression, English, Russian. */
const TABLE = `
# Times of every day
0 9 * * * | every day at 09:00 | каждый день в 09:00
0 9,18 * * * | every day at 09:00 and 18:00 | каждый день в 09:00 и 18:00
30 8,12,18 * * * | every day at 08:30, 12:30 and 18:30 | каждый день в 08:30, 12:30 и 18:30
0,30 8,12 * * * | every day at 08:00, 08:30, 12:00 and 12:30 | каждый день в 08:00, 08:30, 12:00 и 12:30
15,45 6 * * * | every day at 06:15 and 06:45 | каждый день в 06:15 и 06:45
0 0 * * * | every day at 00:00 | каждый день в 00:00
59 23 * * * | every day at 23:59 | каждый день в 23:59
@daily | every day at 00:00 | каждый день в 00:00
@midnight | every day at 00:00 | каждый день в 00:00
@hourly | every hour | каждый час
0 * * * * | every hour | каждый час
5 * * * * | at minute 5 of every hour | в 5 минут каждого часа
5,35 * * * * | at minutes 5 and 35 of every hour | в 5 и 35 минут каждого часа
*/15 * * * * | every 15 minutes | каждые 15 минут
0,15,30,45 * * * * | every 15 minutes | каждые 15 минут
*/30 * * * * | every 30 minutes | каждые 30 минут
* * * * * | every minute | каждую минуту
*/1 * * * * | every minute | каждую минуту
*/7 * * * * | at minutes 0, 7, 14, …, 56 of every hour | в 0, 7, 14, …, 56 минут каждого часа
*/25 * * * * | at minutes 0, 25 and 50 of every hour | в 0, 25 и 50 минут каждого часа
*/40 * * * * | at minutes 0 and 40 of every hour | в 0 и 40 минут каждого часа
5/20 * * * * | at minutes 5, 25 and 45 of every hour | в 5, 25 и 45 минут каждого часа
3/10 * * * * | at minutes 3, 13, 23, …, 53 of every hour | в 3, 13, 23, …, 53 минуты каждого часа
10-40/10 * * * * | at minutes 10, 20, 30 and 40 of every hour | в 10, 20, 30 и 40 минут каждого часа
0-29 * * * * | at minutes 0 to 29 of every hour | каждую минуту с 0-й по 29-ю каждого часа
50-10 * * * * | at minutes 0–10 and 50–59 of every hour | в 0–10 и 50–59 минут каждого часа
1,2,3,30 * * * * | at minutes 1–3 and 30 of every hour | в 1–3 и 30 минут каждого часа
21 * * * * | at minute 21 of every hour | в 21 минуту каждого часа
0 */2 * * * | every 2 hours | каждые 2 часа
0 */3 * * * | every 3 hours | каждые 3 часа
0 */5 * * * | every 5 hours from 00:00 to 20:00 | каждые 5 часов с 00:00 до 20:00
0 */6 * * * | every day at 00:00, 06:00, 12:00 and 18:00 | каждый день в 00:00, 06:00, 12:00 и 18:00
0 */8 * * * | every day at 00:00, 08:00 and 16:00 | каждый день в 00:00, 08:00 и 16:00
0 */12 * * * | every day at 00:00 and 12:00 | каждый день в 00:00 и 12:00
0 */23 * * * | every day at 00:00 and 23:00 | каждый день в 00:00 и 23:00
30 */4 * * * | every 4 hours from 00:30 to 20:30 | каждые 4 часа с 00:30 до 20:30
0 1-23/2 * * * | every 2 hours from 01:00 to 23:00 | каждые 2 часа с 01:00 до 23:00
0 9-18 * * * | every hour from 09:00 to 18:00 | каждый час с 09:00 до 18:00
0 9-11 * * * | every hour from 09:00 to 11:00 | каждый час с 09:00 до 11:00
0 9-10 * * * | every day at 09:00 and 10:00 | каждый день в 09:00 и 10:00
30 9-18 * * * | every hour from 09:30 to 18:30 | каждый час с 09:30 до 18:30
*/15 9-17 * * * | every 15 minutes from 09:00 to 17:45 | каждые 15 минут с 09:00 до 17:45
*/15 8-17 * * * | every 15 minutes from 08:00 to 17:45 | каждые 15 минут с 08:00 до 17:45
*/15 9 * * * | every 15 minutes from 09:00 to 09:45 | каждые 15 минут с 09:00 до 09:45
*/20 9 * * * | every day at 09:00, 09:20 and 09:40 | каждый день в 09:00, 09:20 и 09:40
*/5 9-10 * * * | every 5 minutes from 09:00 to 10:55 | каждые 5 минут с 09:00 до 10:55
*/7 9 * * * | every 7 minutes from 09:00 to 09:56 | каждые 7 минут с 09:00 до 09:56
* 9-17 * * * | every minute from 09:00 to 17:59 | каждую минуту с 09:00 до 17:59
* 9 * * * | every minute from 09:00 to 09:59 | каждую минуту с 09:00 до 09:59
*/15 */2 * * * | at 0, 15, 30 and 45 minutes past 00:00, 02:00, 04:00, …, 22:00 | через 0, 15, 30 и 45 минут после 00:00, 02:00, 04:00, …, 22:00
* */2 * * * | every minute of the hours that begin at 00:00, 02:00, 04:00, …, 22:00 | каждую минуту часов, начинающихся в 00:00, 02:00, 04:00, …, 22:00
*/15 8-11,13-16 * * * | every 15 minutes from 08:00 to 11:45 and from 13:00 to 16:45 | каждые 15 минут с 08:00 до 11:45 и с 13:00 до 16:45
5,35 8-17 * * * | every 30 minutes from 08:05 to 17:35 | каждые 30 минут с 08:05 до 17:35
5,40 8-17 * * * | at minutes 5 and 40 of every hour from 8 to 17 | в 5 и 40 минут каждого часа с 8 до 17 включительно
5,40 8,12,18,20,22 * * * | at 5 and 40 minutes past 08:00, 12:00, 18:00, 20:00 and 22:00 | через 5 и 40 минут после 08:00, 12:00, 18:00, 20:00 и 22:00
1,2,7,20,31 6 * * * | every day at 06:01, 06:02, 06:07, 06:20 and 06:31 | каждый день в 06:01, 06:02, 06:07, 06:20 и 06:31
0 8-12,14-18 * * * | every hour from 08:00 to 12:00 and from 14:00 to 18:00 | каждый час с 08:00 до 12:00 и с 14:00 до 18:00
0 22-2 * * * | every hour from 22:00 to 02:00 | каждый час с 22:00 до 02:00
0 20-4/2 * * * | every 2 hours from 20:00 to 04:00 | каждые 2 часа с 20:00 до 04:00
*/15 22-2 * * * | every 15 minutes from 22:00 to 02:45 | каждые 15 минут с 22:00 до 02:45
5,40 22-2 * * * | at minutes 5 and 40 of every hour from 22 to 2 | в 5 и 40 минут каждого часа с 22 до 2 включительно
0,30 2 * * * | every day at 02:00 and 02:30 | каждый день в 02:00 и 02:30
33,44 1 * * * | every day at 01:33 and 01:44 | каждый день в 01:33 и 01:44
15 7,8,9,10,11,12,20,21 * * * | every day at 07:15, 08:15, 09:15, 10:15, 11:15, 12:15, 20:15 and 21:15 | каждый день в 07:15, 08:15, 09:15, 10:15, 11:15, 12:15, 20:15 и 21:15

# Seconds
0 0 9 * * * | every day at 09:00 | каждый день в 09:00
20 30 9 * * * | every day at 09:30:20 | каждый день в 09:30:20
*/10 * * * * * | every 10 seconds | каждые 10 секунд
* * * * * * | every second | каждую секунду
*/7 * * * * * | at seconds 0, 7, 14, …, 56 of every minute | в 0, 7, 14, …, 56 секунд каждой минуты
30 * * * * * | at second 30 of every minute | в 30 секунд каждой минуты
15,45 * * * * * | at seconds 15 and 45 of every minute | в 15 и 45 секунд каждой минуты
30 */15 * * * * | at second 30 of minutes 0, 15, 30 and 45 of every hour | в 30 секунд в минуты 0, 15, 30 и 45 каждого часа
30 5 * * * * | at second 30 of minute 5 of every hour | в 30 секунд в минуту 5 каждого часа
*/20 30 9 * * * | every day at 09:30, 09:30:20 and 09:30:40 | каждый день в 09:30, 09:30:20 и 09:30:40
*/5 30 9 * * * | every 5 seconds from 09:30 to 09:30:55 | каждые 5 секунд с 09:30 до 09:30:55
30 0 9-17 * * * | every hour from 09:00:30 to 17:00:30 | каждый час с 09:00:30 до 17:00:30
*/30 * 9-17 * * * | every 30 seconds from 09:00 to 17:59:30 | каждые 30 секунд с 09:00 до 17:59:30
0,10 5,20 * * * * | at seconds 0 and 10 of minutes 5 and 20 of every hour | в 0 и 10 секунд в минуты 5 и 20 каждого часа
* 5 * * * * | every second of minute 5 of every hour | каждую секунду в минуту 5 каждого часа
* 0-9 8,12,18,20 * * * | every second of minutes 0 to 9 of the hours that begin at 08:00, 12:00, 18:00 and 20:00 | каждую секунду в минуты 0–9 часов, начинающихся в 08:00, 12:00, 18:00 и 20:00

# Weekdays
0 9 * * 1-5 | every weekday at 09:00 | по будням в 09:00
0 9 * * MON-FRI | every weekday at 09:00 | по будням в 09:00
0 9 * * 1 | every Monday at 09:00 | по понедельникам в 09:00
0 9 * * 2 | every Tuesday at 09:00 | по вторникам в 09:00
30 9 * * 1,4 | every Monday and Thursday at 09:30 | по понедельникам и четвергам в 09:30
0 9 * * 1,3,5 | every Monday, Wednesday and Friday at 09:00 | по понедельникам, средам и пятницам в 09:00
0 10 * * 0,6 | every weekend day at 10:00 | по выходным в 10:00
0 10 * * SAT,SUN | every weekend day at 10:00 | по выходным в 10:00
0 10 * * 6-7 | every weekend day at 10:00 | по выходным в 10:00
0 9 * * 0 | every Sunday at 09:00 | по воскресеньям в 09:00
0 9 * * 7 | every Sunday at 09:00 | по воскресеньям в 09:00
@weekly | every Sunday at 00:00 | по воскресеньям в 00:00
0 9 * * 0-6 | every day at 09:00 | каждый день в 09:00
0 9 * * */2 | every Tuesday, Thursday, Saturday and Sunday at 09:00 | по вторникам, четвергам, субботам и воскресеньям в 09:00
0 9 * * 1-6 | every day except Sunday at 09:00 | каждый день, кроме воскресенья, в 09:00
0 9 * * 2-6 | every day from Tuesday to Saturday at 09:00 | каждый день со вторника по субботу в 09:00
0 9 * * 6-2 | every day from Saturday to Tuesday at 09:00 | каждый день с субботы по вторник в 09:00
0 9 * * 1-4 | every day from Monday to Thursday at 09:00 | каждый день с понедельника по четверг в 09:00
0 9 * * 5-7 | every Friday, Saturday and Sunday at 09:00 | по пятницам, субботам и воскресеньям в 09:00
0 9-18 * * 1-5 | every hour from 09:00 to 18:00, every weekday | каждый час с 09:00 до 18:00, по будням
*/15 8-17 * * 1-5 | every 15 minutes from 08:00 to 17:45, every weekday | каждые 15 минут с 08:00 до 17:45, по будням
0 22-2 * * 1-5 | every weekday at 00:00, 01:00, 02:00, 22:00 and 23:00 | по будням в 00:00, 01:00, 02:00, 22:00 и 23:00
5 * * * 6 | at minute 5 of every hour, every Saturday | в 5 минут каждого часа, по субботам
0 9 * * 1#1 | on the first Monday of every month at 09:00 | в первый понедельник каждого месяца в 09:00
0 9 * * TUE#2 | on the second Tuesday of every month at 09:00 | во второй вторник каждого месяца в 09:00
0 9 * * 0#3 | on the third Sunday of every month at 09:00 | в третье воскресенье каждого месяца в 09:00
0 9 * * 1#1,1#3 | on the first and third Monday of every month at 09:00 | в первый и третий понедельник каждого месяца в 09:00
0 9 * * MON#1,FRI#L | on the first Monday and the last Friday of every month at 09:00 | в первый понедельник и в последнюю пятницу каждого месяца в 09:00
0 17 * * 5#L | on the last Friday of every month at 17:00 | в последнюю пятницу каждого месяца в 17:00
0 17 * * 5L | on the last Friday of every month at 17:00 | в последнюю пятницу каждого месяца в 17:00
0 9 * * 1,5L | on the last Friday of every month and every Monday, at 09:00 | в последнюю пятницу каждого месяца и по понедельникам, в 09:00

# Days of months
0 9 1 * * | on the 1st of every month at 09:00 | 1 числа каждого месяца в 09:00
@monthly | on the 1st of every month at 00:00 | 1 числа каждого месяца в 00:00
0 9 2,16 * * | on the 2nd and 16th of every month at 09:00 | 2 и 16 числа каждого месяца в 09:00
0 9 1,15,L * * | on the 1st, 15th and the last day of every month at 09:00 | 1 и 15 числа и в последний день каждого месяца в 09:00
0 9 29 * * | on the 29th of every month that has one, at 09:00 | 29 числа каждого месяца, где оно есть, в 09:00
0 9 31 * * | on the 31st of every month that has one, at 09:00 | 31 числа каждого месяца, где оно есть, в 09:00
0 9 30,31 * * | on the 30th and 31st of every month at 09:00 | 30 и 31 числа каждого месяца в 09:00
0 9 1-7 * * | every day from the 1st to the 7th of every month at 09:00 | каждый день с 1 по 7 число каждого месяца в 09:00
0 9 25-5 * * | on the 1st–5th and 25th–31st of every month at 09:00 | 1–5 и 25–31 числа каждого месяца в 09:00
0 9 */2 * * | on odd-numbered days of every month at 09:00 | по нечётным числам каждого месяца в 09:00
0 9 2-30/2 * * | on even-numbered days of every month at 09:00 | по чётным числам каждого месяца в 09:00
0 9 */3 * * | on the 1st, 4th, 7th, …, 31st of every month at 09:00 | 1, 4, 7, …, 31 числа каждого месяца в 09:00
0 9 1-31 * * | every day at 09:00 | каждый день в 09:00
0 9 1,10,20-25 * * | on the 1st, 10th and 20th–25th of every month at 09:00 | 1, 10 и 20–25 числа каждого месяца в 09:00
0 18 L * * | on the last day of every month at 18:00 | в последний день каждого месяца в 18:00
0 18 L-1 * * | on the second-to-last day of every month at 18:00 | в предпоследний день каждого месяца в 18:00
0 18 L-2 * * | on the third-to-last day of every month at 18:00 | в третий с конца день каждого месяца в 18:00
0 18 L-30 * * | on the 31st-to-last day of every month at 18:00 | в 31-й с конца день каждого месяца в 18:00
0 18 LW * * | on the last working day (Mon–Fri) of every month at 18:00 | в последний рабочий день (пн–пт) каждого месяца в 18:00
0 18 15W * * | on the working day (Mon–Fri) nearest to the 15th of every month at 18:00 | в ближайший к 15 числу рабочий день (пн–пт) каждого месяца в 18:00
0 18 1W,L * * | on the last day and the working day (Mon–Fri) nearest to the 1st of every month at 18:00 | в последний день и в ближайший к 1 числу рабочий день (пн–пт) каждого месяца в 18:00
*/30 9-11 1 * * | every 30 minutes from 09:00 to 11:30, on the 1st of every month | каждые 30 минут с 09:00 до 11:30, 1 числа каждого месяца

# Months
0 10 5 12 * | every year on 5 December at 10:00 | каждый год 5 декабря в 10:00
@yearly | every year on 1 January at 00:00 | каждый год 1 января в 00:00
@annually | every year on 1 January at 00:00 | каждый год 1 января в 00:00
0 9 1 */3 * | every year on 1 January, 1 April, 1 July and 1 October at 09:00 | каждый год 1 января, 1 апреля, 1 июля и 1 октября в 09:00
0 9 1 1,7 * | every year on 1 January and 1 July at 09:00 | каждый год 1 января и 1 июля в 09:00
0 9 15 11-2 * | on the 15th of every month from November to February at 09:00 | 15 числа каждого месяца с ноября по февраль в 09:00
0 9 2-5 * * | every day from the 2nd to the 5th of every month at 09:00 | каждый день со 2 по 5 число каждого месяца в 09:00
0 9 2W * * | on the working day (Mon–Fri) nearest to the 2nd of every month at 09:00 | в ближайший ко 2 числу рабочий день (пн–пт) каждого месяца в 09:00
0 9 24,25 12 * | every year on 24 and 25 December at 09:00 | каждый год 24 и 25 декабря в 09:00
0 9 1,15 6 * | every year on 1 and 15 June at 09:00 | каждый год 1 и 15 июня в 09:00
0 9 1-7 6 * | every day from the 1st to the 7th of June at 09:00 | каждый день с 1 по 7 число июня в 09:00
0 9 1,15 1,4,7,10 * | on the 1st and 15th of January, April, July and October at 09:00 | 1 и 15 числа января, апреля, июля и октября в 09:00
0 9 L 2 * | every year on the last day of February at 09:00 | каждый год в последний день февраля в 09:00
0 9 LW 3,6 * | on the last working day (Mon–Fri) of March and June at 09:00 | в последний рабочий день (пн–пт) марта и июня в 09:00
0 9 29 2 * | every year on 29 February at 09:00 | каждый год 29 февраля в 09:00
0 9 * 6 * | every day in June at 09:00 | каждый день в июне в 09:00
0 9 * 11-2 * | every day from November to February at 09:00 | каждый день с ноября по февраль в 09:00
0 9 * NOV-FEB 1-5 | every weekday from November to February at 09:00 | по будням с ноября по февраль в 09:00
0 9 * 1,3,5 * | every day in January, March and May at 09:00 | каждый день в январе, марте и мае в 09:00
0 9 * 3-8 1 | every Monday from March to August at 09:00 | по понедельникам с марта по август в 09:00
0 9 * 9 1#1 | every year on the first Monday of September at 09:00 | каждый год в первый понедельник сентября в 09:00
0 9 * 1,4,7,10 1#1 | on the first Monday of January, April, July and October at 09:00 | в первый понедельник января, апреля, июля и октября в 09:00
*/15 9-17 * 6-8 1-5 | every 15 minutes from 09:00 to 17:45, every weekday from June to August | каждые 15 минут с 09:00 до 17:45, по будням с июня по август
0 0 9 4-10 * | on the 9th of every month from April to October at 00:00 | 9 числа каждого месяца с апреля по октябрь в 00:00

# Both day fields
0 9 13 * 5 | on the 13th of every month and every Friday, at 09:00 | 13 числа каждого месяца и по пятницам, в 09:00
0 9 13 * +5 | on the 13th of every month if it is a Friday, at 09:00 | 13 числа каждого месяца, если это пятница, в 09:00
0 9 1,15 * 1-5 | on the 1st and 15th of every month and every weekday, at 09:00 | 1 и 15 числа каждого месяца и по будням, в 09:00
0 9 1-7 * 1 | every day from the 1st to the 7th of every month and every Monday, at 09:00 | каждый день с 1 по 7 число каждого месяца и по понедельникам, в 09:00
0 9 1-7 * +1 | from the 1st to the 7th of every month if it is a Monday, at 09:00 | с 1 по 7 число каждого месяца, если это понедельник, в 09:00
0 9 */2 * 1 | on odd-numbered days of every month and every Monday, at 09:00 | по нечётным числам каждого месяца и по понедельникам, в 09:00
0 9 */2 * +0,6 | on odd-numbered days of every month if it is a weekend day, at 09:00 | по нечётным числам каждого месяца, если это выходной, в 09:00
0 9 L * 5 | on the last day of every month and every Friday, at 09:00 | в последний день каждого месяца и по пятницам, в 09:00
0 9 L * +FRI | on the last day of every month if it is a Friday, at 09:00 | в последний день каждого месяца, если это пятница, в 09:00
0 9 1 * MON#2 | on the 1st and the second Monday of every month at 09:00 | 1 числа и во второй понедельник каждого месяца в 09:00
0 9 8-14 * +2#2 | from the 8th to the 14th of every month if it is the second Tuesday of the month, at 09:00 | с 8 по 14 число каждого месяца, если этот день приходится на второй вторник месяца, в 09:00
0 9 13 6 5 | in June, on the 13th and every Friday, at 09:00 | в июне 13 числа и по пятницам, в 09:00
0 9 13 6 +5 | every year on 13 June if it is a Friday, at 09:00 | каждый год 13 июня, если это пятница, в 09:00
0 9 13 11-2 5 | from November to February, on the 13th and every Friday, at 09:00 | с ноября по февраль 13 числа и по пятницам, в 09:00
0 0 1-31 * 1 | every day at 00:00 | каждый день в 00:00
0 9 13 * 0-6 | every day at 09:00 | каждый день в 09:00
0 9 13 * +0-6 | on the 13th of every month at 09:00 | 13 числа каждого месяца в 09:00
0 9 ? * 5 | every Friday at 09:00 | по пятницам в 09:00
0 9 13 * ? | on the 13th of every month at 09:00 | 13 числа каждого месяца в 09:00
0 0 */5 4,8,10 MON | in April, August and October, on the 1st, 6th, 11th, …, 31st and every Monday, at 00:00 | в апреле, августе и октябре 1, 6, 11, …, 31 числа и по понедельникам, в 00:00
0 9 1W * +1 | on the working day (Mon–Fri) nearest to the 1st of every month if it is a Monday, at 09:00 | в ближайший к 1 числу рабочий день (пн–пт) каждого месяца, если это понедельник, в 09:00
0 9 L-1,15W * 6 | on the second-to-last day and the working day (Mon–Fri) nearest to the 15th of every month and every Saturday, at 09:00 | в предпоследний день и в ближайший к 15 числу рабочий день (пн–пт) каждого месяца и по субботам, в 09:00
0 9 1 * 1-6 | on the 1st of every month and every day except Sunday, at 09:00 | 1 числа каждого месяца и каждый день, кроме воскресенья, в 09:00
5 * 13 * 5 | at minute 5 of every hour, on the 13th of every month and every Friday | в 5 минут каждого часа, 13 числа каждого месяца и по пятницам
`;

const rows = TABLE.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

test.each(rows.map((row) => row.split(' | ')))('%s', (expression = '', english, russian) => {
  expect(describeCron(expression, 'en')).toBe(english);
  expect(describeCron(expression, 'ru')).toBe(russian);
});

test('what is no cron expression is refused', () => {
  expect(() => describeCron('0 25 * * *', 'en')).toThrow(/hour/);
});
