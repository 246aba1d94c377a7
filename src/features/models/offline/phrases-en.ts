import { forget, recall, remember } from './plan-memory.ts';
import { listDay, listReminders } from './plan-list.ts';
import { cancel, createReminder, done, snooze } from './plan-reminder.ts';
import { tellTime } from './plan-time.ts';
import { askWeather } from './plan-weather.ts';
import { say, type Rule } from './plan.ts';

/** How English asks for things. Order matters: the more particular comes first. */
export const englishRules: readonly Rule[] = [
  {
    pattern:
      /^(?:help|\/help|\/start|commands|what can (?:you|i) (?:do|say)(?: .*)?|how do(?:es)? (?:you|this) work)$/i,
    plan: ({ says }) => say(says.help),
  },
  {
    pattern: /^(?:hi|hello|hey|howdy|greetings|good (?:morning|afternoon|evening|day))(?:[ ,]+\w+)?$/i,
    plan: ({ says }) => say(says.greeting),
  },
  {
    pattern: /^(?:thanks|thank you|thx|cheers|ok(?:ay)? thanks)(?: .{0,30})?$/i,
    plan: ({ says }) => say(says.thanks),
  },
  {
    pattern:
      /^(?:who|what) are you(?: .*)?$|^are you (?:an? )?(?:ai|bot|robot|human|real).*$|^what model .*$/i,
    plan: ({ says }) => say(says.about),
  },

  {
    pattern:
      /^(?:(?:what|which)(?:['’]s| is| are)?|show|list|display|see|view|read|tell me|give me|do i have)\b.{0,40}\breminders?\b(?: .{0,40})?$/i,
    plan: listReminders,
  },
  {
    pattern:
      /^(?:(?:all |my |upcoming |active |all my )?reminders(?: list)?|what(?:['’]s| is) (?:scheduled|coming up|planned|set))$/i,
    plan: listReminders,
  },
  { pattern: /^(?:list|agenda|list (?:all|them|everything))$/i, plan: listReminders },
  {
    pattern:
      /^(?:what(?:['’]s| is) (?:on|planned|scheduled|due|coming up|up|set)|what do i have(?: on| planned| scheduled| to do)?|what have i got(?: on| planned)?|do i have anything(?: on| planned)?|(?:my )?(?:agenda|plans?)|list)(?: for)? (?<day>.+)$/i,
    plan: listDay,
  },
  { pattern: /^what (?:did|have) i (?:ask|asked) you to remind me.*$/i, plan: listReminders },

  { pattern: /^(?:snooze|postpone|delay|push(?: back)?|put off)\b(?<rest>.*)$/is, plan: snooze },
  {
    pattern:
      /^remind (?:me|us) (?:(?:about (?:it|this|that) )?again|later)\b(?<rest>(?!.*\b(?:to|about|that)\b).*)$/is,
    plan: snooze,
  },
  { pattern: /^(?:cancel|delete|remove|drop|clear|unset|turn off)\b(?<query>.*)$/is, plan: cancel },
  { pattern: /^(?:forget|stop)(?: about)? (?<query>(?:the |my |that )?reminders?\b.*)$/is, plan: cancel },
  {
    pattern: /^(?:stop|don['’]?t|do not) remind(?:ing)? (?:me|us)(?: anymore| any more)?(?<query>.*)$/is,
    plan: cancel,
  },
  {
    pattern:
      /^(?:(?:i['’]?m |i am |it['’]?s |that['’]?s |all )?(?:done|finished|completed|complete)(?: it| that)?|(?:i(?:['’]ve| have)? )?(?:did|done) (?:it|that))(?: (?:with|for) (?<query>.+))?$/is,
    plan: done,
  },
  { pattern: /^(?:mark|set) (?<query>.*?)(?: as)? (?:done|complete|completed|finished)$/is, plan: done },
  { pattern: /^(?<query>.{1,80}?) (?:is|are) (?:done|finished|complete|completed)$/is, plan: done },
  { pattern: /^(?:done|finished|completed)[ :,]+(?<query>.+)$/is, plan: done },

  {
    pattern:
      /^(?:what(?:['’]s| is) the )?(?:current |local )?(?:time|date)(?: is it)?(?: (?:right )?now| today)?(?: (?:in|at|for) (?<place>.+))?$/i,
    plan: tellTime,
  },
  {
    pattern:
      /^(?:tell me )?(?:what|which) (?:time|day|date)(?: is it| it is| is today| is it today)?(?: (?:right )?now)?(?: (?:in|at) (?<place>.+))?$/i,
    plan: tellTime,
  },
  {
    pattern:
      /^(?:do you (?:know|have)|tell me) (?:what |the )?time(?: it is| is it)?(?: (?:in|at) (?<place>.+))?$/i,
    plan: tellTime,
  },
  { pattern: /^what(?:['’]s| is) today(?:['’]s date)?$/i, plan: tellTime },

  {
    pattern:
      /^(?:(?:and )?(?:(?:what|how)(?:['’]s|['’]ll| is| are| will| was| about)?|tell me(?: about)?|show(?: me)?|give me|get|check|any|i(?:['’]d like| want)(?: to know)?)? ?)?(?:the )?(?<before>(?:current|local|today['’]s|tomorrow['’]s) |(?:\d{1,2}|two|three|five|seven)[ -]day )?(?:weather|forecast|temperature)(?: forecast| report| conditions)?(?: be)?(?: like)?(?:,? (?<rest>.+))?$/i,
    plan: askWeather,
  },
  {
    pattern:
      /^(?:will it|is it(?: going to| gonna)?|is there(?: going to be)?|will there be)(?: be)?(?: any)? (?:rain(?:ing|y)?|snow(?:ing|y)?|cold|hot|warm|sunny|windy|storm(?:y)?|freez(?:e|ing)|fogg?y?|cloudy|wet|dry)(?:,? (?<rest>.+))?$/i,
    plan: askWeather,
  },
  {
    pattern: /^how (?:cold|hot|warm|windy)(?: is it| will it be)(?:,? (?<rest>.+))?$/i,
    plan: askWeather,
  },
  { pattern: /^what(?:['’]s| is) it like outside(?:,? (?<rest>.+))?$/i, plan: askWeather },
  {
    pattern:
      /^(?:do|will|should) i (?:need|take|bring|wear) (?:an? |my )?(?:umbrella|coat|jacket|raincoat)(?:,? (?<rest>.+))?$/i,
    plan: askWeather,
  },
  {
    pattern:
      /^(?!(?:what|who|where|when|which|my|the|a|an|i|you|about|with|is|are|do|does|cancel|delete|remember|forget|note|save|recall|remind|buy|call|check|watch|read|write|tell|add|set)\b)(?<before>[\p{L}'’.,-]+(?: [\p{L}'’.,-]+){0,4}) (?:weather|forecast)(?: forecast)?(?:,? (?<rest>.+))?$/iu,
    plan: askWeather,
  },

  {
    pattern:
      /^(?:please )?(?:remember|memorize|memorise|note(?: down)?|keep in mind|save|don['’]?t forget that)(?: that|:|,)? (?!to\b)(?<fact>.+)$/is,
    plan: remember,
  },
  { pattern: /^forget(?: about| that)? (?<key>.+)$/is, plan: forget },
  {
    pattern: /^what (?:do|did) (?:you|i) (?:know|remember|tell you|say)(?: about (?<query>.+))?$/is,
    plan: recall,
  },
  {
    pattern:
      /^(?:(?:what|where|when|who|how (?:much|many|old|tall))(?:['’]s|['’]re| is| are| was| were)|tell me|give me|recall|look up|do you (?:know|remember)(?: (?:what|where|when|who))?) (?<query>(?:my|our)\b.+?)(?: is| are)?$/is,
    plan: recall,
  },
  {
    pattern:
      /^(?:what(?:['’]s| is| was)) (?<query>the .*\b(?:password|code|pin|number|address|birthday|size)\b.*)$/is,
    plan: recall,
  },
  {
    pattern:
      /^(?:when|what|where|who)(?:['’]s| is| are| was| were) (?<query>(?!(?:today|tomorrow|tonight)['’])(?:\p{L}+ )?\p{L}+['’]s? .+)$/iu,
    plan: recall,
  },
  { pattern: /^(?:recall|do you remember|what do you have on) (?<query>.+)$/is, plan: recall },

  { pattern: /^/, plan: createReminder },
];
