/** Makes an object throw when something it does not have is used, so that no test passes on an API we only imagine. */
export function strict<T extends object>(name: string, object: T): T {
  return new Proxy(object, {
    get(target, key, receiver) {
      if (key in target || typeof key === 'symbol' || key === 'then')
        return Reflect.get(target, key, receiver) as unknown
      throw new Error(`The stand-in has no ${name}.${key}.`)
    },
  })
}
