// Goal: every screen of citizens is accessible as far as a program can tell, narrow and wide, light and
// dark, and with text twice as large; nothing reaches out to the side, and the console is silent.
import { isOfStaff } from './support/stage.js';
import { testLooks } from './support/looks.js';

testLooks((screen) => !isOfStaff(screen));
