/** What is known of some weather, as whole numbers: °C, %, km/h. */
export interface SaidWeather {
  /** Undefined when there is no word for it. */
  condition: string | undefined;
  degrees?: number | undefined;
  feels_like?: number | undefined;
  min?: number | undefined;
  max?: number | undefined;
  precipitation_percent?: number | undefined;
  wind?: number | undefined;
}

/** What the offline model says about weather, in one language. */
export interface WeatherSays {
  /** WMO's codes, where the tool's English does not do; those of a kind are not told apart further. */
  conditions?: Readonly<Record<number, string>>;
  today: string;
  tomorrow: string;
  now(place: string, weather: SaidWeather): string;
  /** `day`: a day in words. */
  day(day: string, weather: SaidWeather): string;
  forPlace(place: string, days: string[]): string;
  whichPlace(lines: string[]): string;
  whichAnswer: RegExp;
  askPlace: string;
  problems: Readonly<Record<string, (about: string) => string>>;
}
