import { startRealServer } from './real-server';
import { widgetSuite } from './widget.suite';

widgetSuite('the real house', startRealServer);
