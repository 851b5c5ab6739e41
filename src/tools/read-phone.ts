const LEAST_DIGITS = 8;
const MOST_DIGITS = 15;

/** A telephone number as somebody writes it, in E.164: "(555) 010-0150" and "1-555-010-0150" are +15550100150; null when it is none. */
export function readPhone(written: string): string | null {
  const text = written.trim().replace(/^tel:/i, '');
  if (!/^\+?[\d\s().\-/\u2010-\u2015\u00a0]+$/.test(text)) return null;
  const digits = text.replace(/\D/g, '');
  if (!text.startsWith('+') && !/^(?:00|011)/.test(digits)) {
    if (digits.length === 10 && !/^[01]/.test(digits)) return `+1${digits}`;
    return digits.length === 11 && digits.startsWith('1') ? `+${digits}` : null;
  }
  const abroad = text.startsWith('+') ? digits : digits.replace(/^(?:00|011)/, '');
  return abroad.length >= LEAST_DIGITS && abroad.length <= MOST_DIGITS && !abroad.startsWith('0') ? `+${abroad}` : null;
}
