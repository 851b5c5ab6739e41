/** The launcher's style; it lives in a closed shadow root, so neither side's rules reach the other. */
export const launcherStyle = `
[hidden]{display:none!important}
*{box-sizing:border-box}
.box{font:600 16px/1.4 system-ui,sans-serif;color:#1b1f21;position:fixed;bottom:20px;bottom:calc(20px + env(safe-area-inset-bottom))}
.right{right:20px}.left{left:20px}
button{all:unset;box-sizing:border-box;cursor:pointer;font:inherit;min-height:48px}
.box>button{display:flex;align-items:center;gap:10px;position:relative;min-height:56px;padding:0 20px;border-radius:28px;background:var(--colour);color:var(--ink);border:2px solid #fff;box-shadow:0 4px 16px rgb(0 0 0/.28)}
:focus-visible{outline:3px solid var(--colour);outline-offset:3px;box-shadow:0 0 0 3px #fff,0 0 0 8px #000}
svg{width:24px;height:24px;fill:currentColor}
.badge{position:absolute;top:-8px;inset-inline-end:-4px;min-width:26px;padding:1px 6px;border-radius:13px;background:#a3161a;color:#fff;border:2px solid #fff;font-size:14px;text-align:center}
.panel{position:fixed;bottom:92px;width:400px;max-width:calc(100vw - 40px);height:660px;max-height:calc(100vh - 112px);border-radius:14px;overflow:hidden;background:#fffdf9;border:1px solid #8a8f91;box-shadow:0 12px 40px rgb(0 0 0/.28)}
.right .panel{right:20px}.left .panel{left:20px}
iframe{display:block;width:100%;height:100%;border:0}
.fills>button{display:none}
.fills .panel{inset:0;bottom:auto;width:100%;max-width:none;height:100%;max-height:none;border:0;border-radius:0}
.sorry{padding:24px}
.sorry a,.sorry button{display:flex;align-items:center;min-height:48px;color:#1f5b55;text-decoration:underline}
@media(max-width:480px){.text{position:absolute;clip-path:inset(50%)}.box>button{width:56px;padding:0;justify-content:center}}
@media(prefers-color-scheme:dark){.panel{background:#1d2324;color:#eceae5}.sorry a,.sorry button{color:#8fd0c6}}
@media(forced-colors:active){.box>button,.panel{border:2px solid ButtonText}}
@media print{.box{display:none}}
`;
