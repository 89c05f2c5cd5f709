// Kubernetes quantities as far as the fleet needs them: cores in thousandths, memory in MiB.
{
  // "500m", "0.5" or 0.5 → 500
  millicores(text)::
    if std.isNumber(text) then text * 1000
    else if std.endsWith(text, 'm') then std.parseJson(std.rstripChars(text, 'm'))
    else std.parseJson(text) * 1000,

  // "512Mi" or "1.5Gi" → 512, 1536
  mebibytes(text)::
    local number = std.parseJson(std.substr(text, 0, std.length(text) - 2));
    if std.endsWith(text, 'Gi') then number * 1024 else number,

  // 500 → "500m", 2000 → "2"; rounded up.
  printMillicores(amount)::
    local whole = std.ceil(amount);
    if whole % 1000 == 0 then '%d' % (whole / 1000) else '%dm' % whole,

  // 512 → "512Mi", 2048 → "2Gi"; rounded up.
  printMebibytes(amount)::
    local whole = std.ceil(amount);
    if whole % 1024 == 0 then '%dGi' % (whole / 1024) else '%dMi' % whole,
}
