import type { LoginWay, Person, RoleMap } from '../../model/login.ts';
import type { Slip } from './slip.ts';

/** One way to log in, as the settings have it. */
export interface Provider {
  readonly way: LoginWay;
  /** what its button says; null: the pages' own words */
  readonly name: string | null;
  readonly roles: RoleMap;
  /** shared with the provider alone */
  readonly secret: string;
  /** where the person is sent. Throws `login-unreached` */
  address(slip: Slip, redirect: string): Promise<string>;
  /** who came back, by the address they came back to. Throws `login-unreached`, `login-refused` */
  person(slip: Slip, redirect: string, came: URL): Promise<Person>;
}
