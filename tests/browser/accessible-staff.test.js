// Goal: the same as for citizens holds for the screens of those who lead and moderate.
import { isOfStaff } from './support/stage.js';
import { testLooks } from './support/looks.js';

testLooks(isOfStaff);
