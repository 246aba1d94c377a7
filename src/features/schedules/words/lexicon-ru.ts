import { keyword, lexicon, type Daypart, type Term, type Unit } from './terms.ts';

const number = (value: number, ordinal = false): Term =>
  ordinal ? { type: 'number', value, ordinal } : { type: 'number', value };
const unit = (name: Unit): Term => ({ type: 'unit', unit: name });
const units = (name: Unit): Term => ({ type: 'unit', unit: name, plural: true });
const short = (name: Unit): Term => ({ type: 'unit', unit: name, short: true });
const day = (weekday: number): Term => ({ type: 'weekday', weekday });
const days = (weekday: number): Term => ({ type: 'weekday', weekday, each: true });
const month = (value: number): Term => ({ type: 'month', month: value });
const adverb = (name: Daypart): Term => ({ type: 'daypart', part: name, adverb: true });
const part = (name: Daypart): Term => ({ type: 'daypart', part: name });
const parts = (name: Daypart): Term => ({ type: 'daypart', part: name, each: true });
const amount = (value: number, name: Unit): Term => ({ type: 'amount', amount: value, unit: name });

/** The forms of an ordinal: "седьмого", "седьмое", "седьмой", … from its stem and kind of ending. */
const ordinal = (value: number, stem: string, soft = false): readonly [string, ...Term[]] => {
  const endings = soft
    ? ['ий', 'ье', 'ья', 'ьего', 'ьему', 'ьей', 'ью']
    : ['ый', 'ой', 'ое', 'ая', 'ого', 'ому', 'ую'];
  return [endings.map((ending) => stem + ending).join('|'), number(value, true)];
};

/** "полседьмого": half of the hour that ends at seven. */
const halves = [
  'первого',
  'второго',
  'третьего',
  'четвертого',
  'пятого',
  'шестого',
  'седьмого',
  'восьмого',
  'девятого',
  'десятого',
  'одиннадцатого',
  'двенадцатого',
].map((hour, index): readonly [string, ...Term[]] => [
  `пол${hour}|пол ${hour}`,
  { type: 'half_before', hour: index + 1 },
]);

/** Russian words of time, in the forms they take behind their prepositions. ё is written е. */
export const russian = lexicon([
  ['ноль', number(0)],
  ['один|одну|одна|одного|одно', number(1)],
  ['два|две|двух|пара|пару|двум|двое', number(2)],
  ['три|трех|трем|трое', number(3)],
  ['четыре|четырех', number(4)],
  ['пять|пяти', number(5)],
  ['шесть|шести', number(6)],
  ['семь|семи', number(7)],
  ['восемь|восьми', number(8)],
  ['девять|девяти', number(9)],
  ['десять|десяти|десяток', number(10)],
  ['одиннадцать|одиннадцати', number(11)],
  ['двенадцать|двенадцати', number(12)],
  ['тринадцать|тринадцати', number(13)],
  ['четырнадцать|четырнадцати', number(14)],
  ['пятнадцать|пятнадцати', number(15)],
  ['шестнадцать|шестнадцати', number(16)],
  ['семнадцать|семнадцати', number(17)],
  ['восемнадцать|восемнадцати', number(18)],
  ['девятнадцать|девятнадцати', number(19)],
  ['двадцать|двадцати', number(20)],
  ['тридцать|тридцати', number(30)],
  ['сорок|сорока', number(40)],
  ['пятьдесят|пятидесяти', number(50)],
  ['шестьдесят|шестидесяти', number(60)],
  ['семьдесят|семидесяти', number(70)],
  ['восемьдесят|восьмидесяти', number(80)],
  ['девяносто|девяноста', number(90)],
  ['сто|ста', number(100)],
  ['полтора|полторы|полутора', number(1.5)],

  ordinal(1, 'перв'),
  ordinal(2, 'втор'),
  ordinal(3, 'трет', true),
  ordinal(4, 'четверт'),
  ordinal(5, 'пят'),
  ordinal(6, 'шест'),
  ordinal(7, 'седьм'),
  ordinal(8, 'восьм'),
  ordinal(9, 'девят'),
  ordinal(10, 'десят'),
  ordinal(11, 'одиннадцат'),
  ordinal(12, 'двенадцат'),
  ordinal(13, 'тринадцат'),
  ordinal(14, 'четырнадцат'),
  ordinal(15, 'пятнадцат'),
  ordinal(16, 'шестнадцат'),
  ordinal(17, 'семнадцат'),
  ordinal(18, 'восемнадцат'),
  ordinal(19, 'девятнадцат'),
  ordinal(20, 'двадцат'),
  ordinal(30, 'тридцат'),

  ['секунду|секунда', unit('second')],
  ['секунды|секунд|секундочку|сек', units('second')],
  ['минуту|минута|минутку|минуточку', unit('minute')],
  ['минуты|минут|мин|минуток', units('minute')],
  ['час|часик', unit('hour')],
  ['часа|часов|часика|часиков', units('hour')],
  ['день', unit('day')],
  ['сутки', amount(1, 'day')],
  ['дня|дней|суток', units('day')],
  ['неделю|неделя|недельку|неделе', unit('week')],
  ['недели|недель|нед', units('week')],
  ['месяц|месяце', unit('month')],
  ['месяца|месяцев|мес', units('month')],
  ['год|году', unit('year')],
  ['года|лет', units('year')],
  ['с', short('second'), ...keyword('from')],
  ['м', short('minute')],
  ['ч', short('hour')],
  ['полчаса|полчасика|пол часа|получаса', amount(0.5, 'hour')],
  ['четверть часа', amount(0.25, 'hour')],
  ['полминуты|пол минуты', amount(0.5, 'minute')],
  ['полдня', amount(0.5, 'day')],
  ['полгода|пол года', amount(6, 'month')],
  ['полмесяца', amount(15, 'day')],

  ['понедельник|понедельника|понедельнику|пн', day(1)],
  ['вторник|вторника|вторнику|вт', day(2)],
  ['среду|среда|среды|среде|ср', day(3)],
  ['четверг|четверга|четвергу|чт', day(4)],
  ['пятницу|пятница|пятницы|пятнице|пт', day(5)],
  ['субботу|суббота|субботы|субботе|сб', day(6)],
  ['воскресенье|воскресенья|воскресенью|вс', day(7)],
  ['понедельникам', days(1)],
  ['вторникам', days(2)],
  ['средам', days(3)],
  ['четвергам', days(4)],
  ['пятницам', days(5)],
  ['субботам', days(6)],
  ['воскресеньям', days(7)],
  ['будням|будним дням|рабочим дням|будним', { type: 'weekday_group', days: [1, 2, 3, 4, 5], each: true }],
  [
    'будни|будний день|рабочий день|будние дни|будние|рабочие дни',
    { type: 'weekday_group', days: [1, 2, 3, 4, 5] },
  ],
  ['выходным|выходным дням', { type: 'weekday_group', days: [6, 7], each: true }],
  ['выходные|выходной|выходной день|выходные дни', { type: 'weekday_group', days: [6, 7] }],

  ['января|январь|январе|янв', month(1)],
  ['февраля|февраль|феврале|фев', month(2)],
  ['марта|март|марте', month(3)],
  ['апреля|апрель|апреле|апр', month(4)],
  ['мая|май|мае', month(5)],
  ['июня|июнь|июне', month(6)],
  ['июля|июль|июле', month(7)],
  ['августа|август|августе|авг', month(8)],
  ['сентября|сентябрь|сентябре|сен|сент', month(9)],
  ['октября|октябрь|октябре|окт', month(10)],
  ['ноября|ноябрь|ноябре|ноя', month(11)],
  ['декабря|декабрь|декабре|дек', month(12)],

  ['утром|с утра|утречком', adverb('morning')],
  ['днем', adverb('afternoon')],
  ['вечером|вечерком', adverb('evening')],
  ['ночью', adverb('night')],
  ['утра|утро', part('morning')],
  ['дня', part('afternoon')],
  ['вечера|вечер', part('evening')],
  ['ночи|ночь', part('night')],
  ['по утрам', parts('morning')],
  ['по вечерам', parts('evening')],
  ['по ночам', parts('night')],

  ['сегодня', { type: 'relative_day', days: 0 }],
  ['завтра', { type: 'relative_day', days: 1 }],
  ['послезавтра', { type: 'relative_day', days: 2 }],

  ['полдень', { type: 'named_time', hour: 12 }],
  ['полночь', { type: 'named_time', hour: 0 }],

  ['ежедневно|каждодневно|изо дня в день', { type: 'rate', unit: 'day' }],
  ['ежечасно', { type: 'rate', unit: 'hour' }],
  ['ежеминутно', { type: 'rate', unit: 'minute' }],
  ['еженедельно', { type: 'rate', unit: 'week' }],
  ['ежемесячно', { type: 'rate', unit: 'month' }],
  ['ежегодно', { type: 'rate', unit: 'year' }],
  ['ежеквартально', { type: 'rate', unit: 'month', amount: 3 }],

  ['через|спустя', ...keyword('in')],
  ['в|во|на', ...keyword('at', 'on')],
  ['в', ...keyword('per')],
  ['примерно в|около|ровно в|где-то в|часов в', ...keyword('at')],
  ['по', ...keyword('each_on')],
  ...halves,

  ['каждый|каждую|каждое|каждые|каждого|каждой|каждая', ...keyword('every')],
  ['раз|один раз', ...keyword('once')],
  ['дважды|два раза|три раза|несколько раз', ...keyword('twice')],
  ['и', ...keyword('and')],
  ['мой|мою|мое|мои|наш|нашу', ...keyword('possessive')],
  ['про|о|об|что|чтобы|мне|нам|к', ...keyword('connector')],
  ['следующий|следующую|следующее|следующей|следующего|следующем', ...keyword('next')],
  ['этот|эту|это|этой|этого|ближайший|ближайшую|ближайшее|текущего', ...keyword('this')],
  ['последний|последнюю|последнее|последнего', ...keyword('last')],
  ['со|от', ...keyword('from')],
  ['до|по', ...keyword('to')],
  ['без', ...keyword('minus')],
  ['половина|половине|половину', ...keyword('half')],
  ['четверть|четверти', ...keyword('quarter')],
  ['с половиной', ...keyword('and_half')],
  ['ровно', ...keyword('oclock')],
  ['числа|число', ...keyword('numbered')],
  ['до|к|ко|не позднее|не позже|начиная с|начиная|раньше', ...keyword('bound')],
  ['на|в течение|в продолжение', ...keyword('for')],
  [
    'скоро|позже|потом|попозже|когда-нибудь|когда нибудь|как-нибудь|как нибудь|вскоре|однажды|со временем|иногда|время от времени|регулярно|часто|несколько|через некоторое время|некоторое время|после работы|перед сном|в обед|после обеда|на днях|как-то',
    ...keyword('vague'),
  ],
  [
    'день рождения|дня рождения|днем рождения|дне рождения|дню рождения|добрый день|добрый вечер|доброе утро',
    ...keyword('plain'),
  ],
  ['вчера|позавчера|назад|на прошлой неделе', ...keyword('gone')],
]);
