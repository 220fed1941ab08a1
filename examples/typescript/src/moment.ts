/** Момент в поясе региона, цифрами и с названием пояса. Срок показывают «включительно». */
export function moment(at: string, zone: string): string {
  return new Intl.DateTimeFormat("ru-RU", {
    dateStyle: "short",
    timeStyle: "short",
    timeZone: zone,
  }).format(new Date(at));
}
