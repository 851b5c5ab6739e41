import { startEchoServer } from './started-server';
import { widgetSuite } from './widget.suite';

widgetSuite('the echo house', startEchoServer);
