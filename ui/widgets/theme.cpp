// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/theme.h"

#include "ui/widgets/housestyle.h"

#include <QApplication>
#include <QDir>
#include <QFont>
#include <QPalette>
#include <QStandardPaths>
#include <QStyle>
#include <QStyleHints>

#include <array>
#include <map>

using namespace Qt::StringLiterals;

// A resource of a static library has to be asked for, outside any namespace.
static void initializeIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace theme {

namespace {

const Tokens lightTokens{0xF1F3F5, 0xFFFFFF, 0x1C2126, 0x56606B, 0x757F8A, 0xE2E5E9, 0xC4CAD1, 0x1F66D1,
    0xE0ECFC, 0x1B7A43, 0xC02B2B, 0x8F5A00};
const Tokens darkTokens{0x22252A, 0x1A1C20, 0xE7E9EC, 0xA9B1BB, 0x828B96, 0x30343A, 0x4A5059, 0x6FABFF,
    0x1F3552, 0x63C98A, 0xFF8078, 0xE9B44C};

// The same hue at each index of both; neighbours stay apart under simulated colour blindness.
constexpr std::array<QRgb, seriesColourCount> lightSeries{0x1A83E2, 0xDE5914, 0x004F3F, 0xB53087, 0x6B00A9,
    0x7E5C27, 0x7D2507, 0x0070A6, 0x4A200F, 0x565F68, 0x2C2651, 0x6E8C49};
constexpr std::array<QRgb, seriesColourCount> darkSeries{0x75A0DF, 0xF58B4B, 0x72DDA8, 0xF8ADEF, 0xAA62EE,
    0xF5EFA8, 0xC0686F, 0xB4F1FD, 0xC09282, 0xA8B2BD, 0x7586AB, 0xBEDD59};

QColor mixed(const QColor &a, const QColor &b, float amount)
{
    const auto mix = [amount](float x, float y) { return x + (y - x) * amount; };
    return QColor::fromRgbF(
        mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

QPalette housePalette(bool dark)
{
    const Tokens &t = dark ? darkTokens : lightTokens;
    QPalette palette(t.text, t.window, t.base, t.border, t.line, t.text, t.base);
    palette.setColor(QPalette::Window, t.window);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.base);
    palette.setColor(QPalette::AlternateBase, mixed(t.base, t.window, 0.5F));
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::PlaceholderText, t.faint);
    palette.setColor(QPalette::Button, dark ? QColor(0x2B2F35) : QColor(0xFFFFFF));
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::BrightText, t.bad);
    palette.setColor(QPalette::ToolTipBase, dark ? QColor(0x3A3F46) : QColor(0x1C2126));
    palette.setColor(QPalette::ToolTipText, dark ? t.text : QColor(0xFFFFFF));
    palette.setColor(QPalette::Highlight, t.accent);
    palette.setColor(QPalette::HighlightedText, dark ? QColor(0x10141A) : QColor(0xFFFFFF));
    palette.setColor(QPalette::Link, t.accent);
    palette.setColor(QPalette::LinkVisited, t.accent);
    palette.setColor(QPalette::Light, dark ? QColor(0x3A3F46) : QColor(0xFFFFFF));
    palette.setColor(QPalette::Midlight, t.line);
    palette.setColor(QPalette::Mid, t.border);
    palette.setColor(QPalette::Dark, mixed(t.border, t.text, 0.3F));
    palette.setColor(QPalette::Shadow, QColor(Qt::black));
    for (const QPalette::ColorRole role :
        {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, mixed(t.secondary, t.window, 0.4F));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, t.border);
    return palette;
}

bool desktopBringsBreeze()
{
    return QApplication::style()->name().compare("breeze"_L1, Qt::CaseInsensitive) == 0;
}

// What the desktop asks for. Before Qt 6.5 only its palette tells, and only before ours is set.
bool systemIsDark()
{
    static const bool darkAtStart = isDark(QApplication::palette());
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const Qt::ColorScheme scheme = QApplication::styleHints()->colorScheme();
    if (scheme != Qt::ColorScheme::Unknown)
        return scheme == Qt::ColorScheme::Dark;
#endif
    return darkAtStart;
}

// Without a desktop Qt looks for icon themes in ":/icons" only.
void chooseIcons(bool dark)
{
    QStringList paths = QIcon::themeSearchPaths();
    for (const QString &path : QStandardPaths::locateAll(
             QStandardPaths::GenericDataLocation, u"icons"_s, QStandardPaths::LocateDirectory)) {
        if (!paths.contains(path))
            paths.append(path);
    }
    // A desktop started with an odd XDG_DATA_DIRS still has its icons in the usual place.
    if (const QString usual = u"/usr/share/icons"_s; !paths.contains(usual) && QDir(usual).exists())
        paths.append(usual);
    QIcon::setThemeSearchPaths(paths);
    QIcon::setThemeName(dark ? u"breeze-dark"_s : u"breeze"_s);
    QIcon::setFallbackThemeName(dark ? u"breeze"_s : u"hicolor"_s);
}

} // namespace

const Tokens &tokens(const QPalette &palette)
{
    // Keyed by what is taken from the palette: as many entries as the program has looks.
    using Key = std::array<QRgb, 4>;
    static std::map<Key, Tokens> known;
    const auto rgb = [&palette](QPalette::ColorRole role) {
        return palette.color(QPalette::Active, role).rgb();
    };
    const Key key{rgb(QPalette::Window), rgb(QPalette::Base), rgb(QPalette::Text), rgb(QPalette::Highlight)};
    const auto found = known.find(key);
    if (found != known.end())
        return found->second;

    const Tokens &house = isDark(palette) ? darkTokens : lightTokens;
    Tokens t = house;
    t.window = QColor(key[0]);
    t.base = QColor(key[1]);
    t.text = QColor(key[2]);
    t.accent = QColor(key[3]);
    if (t.accent != house.accent)
        t.selection = mixed(t.base, t.accent, 0.18F);
    return known.emplace(key, t).first->second;
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Active, QPalette::Window).lightnessF()
        < palette.color(QPalette::Active, QPalette::WindowText).lightnessF();
}

QColor seriesColour(int index, const QPalette &palette)
{
    const auto slot = static_cast<std::size_t>(index < 0 ? 0 : index % seriesColourCount);
    return QColor(isDark(palette) ? darkSeries[slot] : lightSeries[slot]);
}

QFont headingFont(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 15 / 13);
    font.setWeight(QFont::DemiBold);
    return font;
}

QIcon icon(const QString &breezeName)
{
    if (breezeName.startsWith(u':'))
        return QIcon(breezeName);
    const QIcon themed = QIcon::fromTheme(breezeName);
    if (!themed.isNull() && !themed.availableSizes().isEmpty())
        return themed;
    static const std::map<QString, QStyle::StandardPixmap> common{
        {u"go-previous"_s, QStyle::SP_ArrowBack},
        {u"go-next"_s, QStyle::SP_ArrowForward},
        {u"view-refresh"_s, QStyle::SP_BrowserReload},
        {u"folder"_s, QStyle::SP_DirIcon},
        {u"network-server"_s, QStyle::SP_DriveNetIcon},
        {u"window-close"_s, QStyle::SP_TitleBarCloseButton},
        {u"dialog-error"_s, QStyle::SP_MessageBoxCritical},
        {u"dialog-warning"_s, QStyle::SP_MessageBoxWarning},
        {u"dialog-information"_s, QStyle::SP_MessageBoxInformation},
        {u"process-stop"_s, QStyle::SP_BrowserStop},
        {u"document-save"_s, QStyle::SP_DialogSaveButton},
        {u"view-list-details"_s, QStyle::SP_FileDialogDetailedView},
    };
    const auto found = common.find(breezeName);
    return found == common.end() ? QIcon() : QApplication::style()->standardIcon(found->second);
}

void apply([[maybe_unused]] QApplication &application, Scheme scheme)
{
    static bool started = false;
    const bool systemDark = systemIsDark();
    static const bool ownLook = !desktopBringsBreeze();
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    static Scheme chosen;
    chosen = scheme;
#endif
    if (!started) {
        started = true;
        initializeIcons();
        if (ownLook)
            QApplication::setStyle(new HouseStyle);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
        QObject::connect(QApplication::styleHints(), &QStyleHints::colorSchemeChanged, &application,
            [&application] { apply(application, chosen); });
#endif
        // Without a desktop Qt's own default is 9 points, small for figures.
        if (qEnvironmentVariableIsEmpty("XDG_CURRENT_DESKTOP")) {
            QFont font = QApplication::font();
            font.setPointSizeF(std::max(font.pointSizeF(), 10.0));
            QApplication::setFont(font);
        }
    }
    const bool dark = scheme == Scheme::System ? systemDark : scheme == Scheme::Dark;
    chooseIcons(dark);
    // A Breeze desktop has its own palette for both; elsewhere the house's own are used.
    if (!ownLook && scheme == Scheme::System)
        QApplication::setPalette(QPalette());
    else
        QApplication::setPalette(housePalette(dark));
}

} // namespace theme
