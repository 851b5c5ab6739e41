import { runWidgetEmbed } from '../../src/cli/widget-embed';

const deps = {
  publicUrl: 'https://chat.clinic.example/',
  launcher: { version: '0123456789abcdef', integrity: 'sha384-abc' },
  clinics: [
    { id: 'glow', name: 'Glow "A" Clinic', phone: '(555) 010-0199', origins: ['https://www.glow.example'] },
    { id: 'dew', name: 'Dew --> Clinic', phone: '"><script>', origins: [] },
  ],
};

describe('npm run widget:embed', () => {
  it('prints a pinned script tag for each clinic, and what a site must allow', () => {
    const lines: string[] = [];
    expect(runWidgetEmbed(deps, (line) => lines.push(line))).toBe(0);
    expect(lines[0]).toBe('<!-- Glow "A" Clinic: before </body>, on https://www.glow.example -->');
    expect(lines[1]).toContain(
      '<script src="https://chat.clinic.example/widget/0123456789abcdef.js" integrity="sha384-abc" crossorigin="anonymous" defer',
    );
    expect(lines[1]).toContain('data-clinic="glow" data-phone="(555) 010-0199"');
    expect(lines.at(-1)).toBe(
      'A site with a Content-Security-Policy adds: script-src https://chat.clinic.example; frame-src https://chat.clinic.example',
    );
  });

  it('cannot be led out of its comment or its attributes', () => {
    const lines: string[] = [];
    runWidgetEmbed(deps, (line) => lines.push(line));
    expect(lines[2]?.match(/-->/g)).toHaveLength(1);
    expect(lines[3]).toContain('data-phone="&#34;&#62;&#60;script&#62;"');
  });

  it('asks for the address that patients use', () => {
    expect(() => runWidgetEmbed({ ...deps, publicUrl: null }, () => undefined)).toThrow(/expected PUBLIC_URL/);
  });
});
